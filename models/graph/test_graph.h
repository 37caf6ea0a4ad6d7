// SPDX-License-Identifier: Apache-2.0
// Small graphs for tests.
#pragma once

#include <string>
#include <vector>

#include "models/graph/graph.h"

namespace adze::graph {

inline int AddTensor(Graph* g, const std::string& name, std::vector<int64_t> dims, DType dtype = DType::kF32) {
  Value v;
  v.name = name;
  v.dims = std::move(dims);
  v.dtype = dtype;
  return g->AddValue(std::move(v));
}

inline Node MakeNode(const std::string& op, const std::string& name, std::vector<int> inputs, std::vector<int> outputs) {
  Node n;
  n.op = op;
  n.name = name;
  n.inputs = std::move(inputs);
  n.outputs = std::move(outputs);
  return n;
}

// The message of the exception E that f throws; "" if it throws none.
template <typename E, typename F>
std::string MessageOf(const F& f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "";
}

inline bool Contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace adze::graph
