// SPDX-License-Identifier: Apache-2.0
// Writing .adze files. Host code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/graph/graph.h"

namespace adze::format {

// The bytes of the file; the same graphs give the same bytes. The graphs are one model planned for several shapes of its inputs, at most
// kMaxGraphs; constants that are equal are stored once. They must be planned (arena offsets set).
std::vector<uint8_t> WriteAdze(const std::vector<graph::Graph>& graphs);
std::vector<uint8_t> WriteAdze(const graph::Graph& g);

}  // namespace adze::format
