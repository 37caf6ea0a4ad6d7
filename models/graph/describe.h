// SPDX-License-Identifier: Apache-2.0
// How values and refusals are written in messages and dumps.
#pragma once

#include <string>

#include "models/graph/graph.h"

namespace adze::graph {

// "float32[1,224,224,3]".
std::string TypeText(DType dtype, const std::vector<int64_t>& dims);
std::string TypeText(const TensorType& type);

// "'conv1/weights' float32[8,3,3,3]"; never throws, whatever the index.
std::string ValueText(const Graph& g, int index);

// "node 'conv1' (conv2d)".
std::string NodeText(const Node& n);

// What an op's check refused, in words: "a dimension is 3 where 8 is needed".
std::string RefusalText(const Status& status);

}  // namespace adze::graph
