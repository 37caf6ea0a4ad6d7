// SPDX-License-Identifier: Apache-2.0
// Values of constant nodes, computed on the build machine.
#pragma once

#include <cstdint>
#include <vector>

#include "models/graph/graph.h"

namespace adze::passes {

// Elements of a row-major result of `dims`, gathered from `source` through byte strides (0 repeats), starting `offset` bytes in.
std::vector<uint8_t> GatherElements(const uint8_t* source, int64_t offset, const std::vector<int64_t>& dims,
                                    const std::vector<int64_t>& strides, size_t element_bytes);

// `v` with its dims permuted: dim d of the result is dim perm[d] of `v`.
graph::Value TransposedConstant(const graph::Value& v, const std::vector<int>& perm);

// The data of the node's output if this evaluator knows its op and dtype; false otherwise. All inputs must be constants.
bool EvaluateConstantNode(const graph::Graph& g, const graph::Node& n, std::vector<uint8_t>* data);

}  // namespace adze::passes
