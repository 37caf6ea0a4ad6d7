// SPDX-License-Identifier: Apache-2.0
// Pass remove_noops: nodes that change nothing.
#include <algorithm>

#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/unary.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;

bool AllZero(const int32_t (&a)[kMaxRank], size_t rank) {
  return std::all_of(a, a + rank, [](int32_t x) { return x == 0; });
}

// The output has the input's dims already.
bool ParamsChangeNothing(const Node& n, size_t rank) {
  if (n.op == "reshape" || n.op == "cast" || n.op == "concat") return true;
  if (n.op == "clamp") return IsUnbounded(n.Params<ClampParams>().clamp);
  if (n.op == "pad") return true;  // equal dims: nothing was added
  if (n.op == "slice") {
    const SliceParams p = n.Params<SliceParams>();  // a step has a say only where there are two elements, and then equal dims exclude it
    return AllZero(p.begin, rank);
  }
  if (n.op == "transpose") {
    const TransposeParams p = n.Params<TransposeParams>();
    for (size_t d = 0; d < rank; ++d) {
      if (p.perm[d] != static_cast<int32_t>(d)) return false;
    }
    return true;
  }
  return false;
}

bool IsNoop(const Graph& g, const Node& n) {
  if (IsErased(n) || n.inputs.size() != 1) return false;
  const graph::Value& x = g.values[n.inputs[0]];
  const graph::Value& y = g.values[n.outputs[0]];
  return x.dtype == y.dtype && x.dims == y.dims && ParamsChangeNothing(n, x.dims.size());
}

// Is this node's effect that of a reshape: the same bytes under another shape?
bool OnlyReshapes(const Graph& g, int node) { return node >= 0 && g.nodes[node].op == "reshape"; }

}  // namespace

void RemoveNoops(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    Node& n = g->nodes[i];
    if (n.op == "reshape") {
      const GraphIndex index(*g);
      const int before = index.producer[n.inputs[0]];
      if (OnlyReshapes(*g, before)) n.inputs[0] = g->nodes[before].inputs[0];
    }
    if (IsNoop(*g, n)) BypassNode(g, static_cast<int>(i));
  }
  SweepNodes(g);
}

}  // namespace adze::passes
