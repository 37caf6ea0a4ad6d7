// SPDX-License-Identifier: Apache-2.0
// The nodes that take the place of one node, in order.
#pragma once

#include <string>
#include <vector>

#include "models/graph/graph.h"

namespace adze::passes {

class Emitter {
 public:
  Emitter(graph::Graph* g, const graph::Node& replaced) : g_(g), replaced_(replaced) {}

  // A node of float32 output; returns the output.
  int Emit(graph::Node node, const std::string& op, const std::vector<int>& inputs, const std::vector<int64_t>& dims);
  // Always a node, unlike a crop that changes nothing.
  int Reshape(int x, const std::vector<int64_t>& dims) { return Emit(graph::Node(), "reshape", {x}, dims); }
  int Crop(int x, size_t axis, int64_t begin, int64_t count);
  int Concat(const std::vector<int>& parts, int axis);
  // A constant named after the replaced node.
  int Constant(const std::string& suffix, const std::vector<int64_t>& dims, const std::vector<float>& data);

  // All nodes; the last one writes what the replaced node wrote.
  std::vector<graph::Node> Done();

 private:
  graph::Graph* g_;
  graph::Node replaced_;
  std::vector<graph::Node> nodes_;
};

}  // namespace adze::passes
