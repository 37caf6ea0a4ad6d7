// SPDX-License-Identifier: Apache-2.0
// --budget, of `cropper check` and `cropper forecast`.
#pragma once

#include <string>
#include <vector>

#include "cropper/check/check.h"

namespace adze::cli {

// "64KiB" of the only one of `metrics`, or "alloc=64KiB". Throws CLI::ValidationError.
check::Limit BudgetOf(const std::string& text, const std::vector<check::Metric>& metrics);

}  // namespace adze::cli
