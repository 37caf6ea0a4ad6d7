// SPDX-License-Identifier: Apache-2.0
// What a session over a table of rows would choose for a model, told on the build machine: for levels that this machine cannot run.
#pragma once

#include <string>
#include <vector>

#include "kernels/catalog.h"

namespace adze::prove {

// One line per node: its index, its rows or what it lacks. `bytes` is an .adze. Throws plan::InputError if it is damaged.
std::string StaticTrace(const std::string& bytes, const std::string& source, const std::vector<CatalogRow>& rows, Level level);

}  // namespace adze::prove
