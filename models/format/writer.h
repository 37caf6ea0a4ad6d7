// SPDX-License-Identifier: Apache-2.0
// Writing .adze files. Host code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/graph/graph.h"

namespace adze::format {

// The bytes of the file; the same graph gives the same bytes. The graph must be planned (arena offsets set).
std::vector<uint8_t> WriteAdze(const graph::Graph& g);

}  // namespace adze::format
