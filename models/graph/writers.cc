// SPDX-License-Identifier: Apache-2.0
// The relation between values and the nodes that write them.
#include "models/graph/writers.h"

#include "op-registry/core/comb.h"

namespace adze::graph {

namespace {

// The comb of a view in its root; none for what is no view or cannot be a tensor.
Comb CombOfView(const Value& v) {
  Tensor t;
  if (v.view.root < 0 || v.dims.size() > kMaxRank || v.view.strides.size() != v.dims.size()) return {};
  t.dtype = v.dtype;
  t.shape.rank = static_cast<int32_t>(v.dims.size());
  for (size_t d = 0; d < v.dims.size(); ++d) {
    t.shape.dims[d] = static_cast<int32_t>(v.dims[d]);
    t.strides[d] = v.view.strides[d];
  }
  return CombOf(t);
}

}  // namespace

bool MayShareBytes(const Value& a, const Value& b) {
  if (a.view.root < 0 || b.view.root < 0) return true;
  const Comb x = CombOfView(a), y = CombOfView(b);
  const int64_t a_at = a.view.offset_bytes, b_at = b.view.offset_bytes;
  const bool whole = x.run > 0 && y.run > 0 && x.period == 0 && y.period == 0;
  if (whole && (a_at + x.run <= b_at || b_at + y.run <= a_at)) return false;
  return a_at < 0 || b_at < 0 || !AreApart(x, a_at, y, b_at);
}

Writers::Writers(const Graph& g) : direct_(g.values.size()), of_bytes_(g.values.size()), root_(g.values.size()) {
  for (size_t v = 0; v < g.values.size(); ++v) {
    const int root = g.values[v].view.root;
    root_[v] = IsValue(g, root) ? root : static_cast<int>(v);
  }
  std::vector<std::vector<int>> written(g.values.size());  // by root
  for (size_t n = 0; n < g.nodes.size(); ++n) {
    for (const int v : g.nodes[n].outputs) {
      direct_[v].push_back(static_cast<int>(n));
      written[root_[v]].push_back(v);
    }
  }
  for (size_t v = 0; v < g.values.size(); ++v) {
    if (!direct_[v].empty()) continue;
    for (const int part : written[root_[v]]) {
      if (MayShareBytes(g.values[v], g.values[part])) of_bytes_[v].insert(of_bytes_[v].end(), direct_[part].begin(), direct_[part].end());
    }
  }
}

bool IsValue(const Graph& g, int i) { return i >= 0 && static_cast<size_t>(i) < g.values.size(); }

}  // namespace adze::graph
