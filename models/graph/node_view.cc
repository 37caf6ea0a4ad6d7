// SPDX-License-Identifier: Apache-2.0
// A node of the in-memory graph as the definitions of ops see it.
#include "models/graph/graph.h"

namespace adze::graph {
namespace {

// Dims that cannot be: the check of any op that keeps its output's shape refuses them.
Shape ImpossibleShape() {
  Shape s;
  s.rank = 1;
  s.dims[0] = -1;
  return s;
}

std::string WhyNoShape(const Value& v) {
  if (DTypeBytes(v.dtype) == 0) return "has an unknown element type";
  if (v.dims.size() > kMaxRank) {
    return "has " + std::to_string(v.dims.size()) + " dimensions; at most " + std::to_string(kMaxRank) + " are supported";
  }
  for (const int64_t d : v.dims) {
    if (d < 0) return "has the dimension " + std::to_string(d) + "; every dimension must be known and at least 0";
    if (d > INT32_MAX) return "has the dimension " + std::to_string(d) + "; the largest one supported is 2147483647";
  }
  Shape s;
  for (const int64_t d : v.dims) s.dims[s.rank++] = static_cast<int32_t>(d);
  const int64_t n = ElementCount(s);
  if (n < 0 || n > kMaxTensorBytes / static_cast<int64_t>(DTypeBytes(v.dtype))) {
    return "would take more than " + std::to_string(kMaxTensorBytes) + " bytes";
  }
  return "";
}

Tensor TensorOf(const Graph& g, const Value& v, const Shape& shape) {
  Tensor t;
  t.dtype = v.dtype;
  t.shape = shape;
  SetDenseStrides(&t);
  const bool is_view = v.view.root >= 0 && static_cast<size_t>(v.view.root) < g.values.size();
  const Value& root = is_view ? g.values[v.view.root] : v;
  if (is_view && v.view.strides.size() == static_cast<size_t>(shape.rank)) {
    for (int i = 0; i < shape.rank; ++i) t.strides[i] = v.view.strides[i];
  }
  // Ops only read constants; the type has no const twin.
  if (root.is_constant && !root.data.empty()) t.data = const_cast<uint8_t*>(root.data.data()) + v.view.offset_bytes;
  return t;
}

}  // namespace

Shape ShapeOf(const Graph& g, const Value& v) {
  const std::string why = WhyNoShape(v);
  if (!why.empty()) throw ImportError(g.source + ": tensor '" + v.name + "' " + why);
  Shape s;
  for (const int64_t d : v.dims) s.dims[s.rank++] = static_cast<int32_t>(d);
  return s;
}

NodeView::NodeView(const Graph& g, const Node& n) {
  tensors_.reserve(n.inputs.size() + n.outputs.size());
  for (const int i : n.inputs) tensors_.push_back(TensorOf(g, g.values.at(i), ShapeOf(g, g.values.at(i))));
  for (const int i : n.outputs) {
    const Value& v = g.values.at(i);
    tensors_.push_back(TensorOf(g, v, WhyNoShape(v).empty() ? ShapeOf(g, v) : ImpossibleShape()));
  }
  for (const Tensor& t : tensors_) pointers_.push_back(&t);
  args_.in = pointers_.data();
  args_.out = pointers_.data() + n.inputs.size();
  args_.n_in = static_cast<int32_t>(n.inputs.size());
  args_.n_out = static_cast<int32_t>(n.outputs.size());
  args_.params = n.params.data();
  args_.params_bytes = static_cast<uint32_t>(n.params.size());
}

}  // namespace adze::graph
