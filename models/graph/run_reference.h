// SPDX-License-Identifier: Apache-2.0
// Nodes computed on the build machine by the reference kernels, the same code that kernels on devices are tested against.
#pragma once

#include "models/graph/graph.h"

namespace adze::graph {

// Computes the one output of an inferred node whose inputs are all constants, into `data`: row-major, dense. False where no reference kernel
// takes the node, or where it would take more than `max_work` elements read or written; products (conv2d, matmul...) are never computed.
bool RunReference(const Graph& g, const Node& n, int64_t max_work, std::vector<uint8_t>* data);

}  // namespace adze::graph
