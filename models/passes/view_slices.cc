// SPDX-License-Identifier: Apache-2.0
// Pass view_slices: a slice shows its part of the input.
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "models/passes/views.h"
#include "op-registry/ops/movement.h"

namespace adze::passes {

using graph::Graph;
using graph::Node;
using graph::Value;
using graph::View;

void ViewSlices(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    Node& n = g->nodes[i];
    if (n.op != "slice") continue;
    const int x = n.inputs[0], y = n.outputs[0];
    const Value& from = g->values[x];
    const auto p = n.Params<SliceParams>();
    const std::vector<int64_t> strides = StridesOf(from);
    View target;
    target.root = from.view.root >= 0 ? from.view.root : x;
    target.offset_bytes = from.view.root >= 0 ? from.view.offset_bytes : 0;
    for (size_t d = 0; d < strides.size(); ++d) {
      target.offset_bytes += p.begin[d] * strides[d];
      target.strides.push_back(p.step[d] * strides[d]);
    }
    // The session writes inputs and never writes constants: an output must have bytes of its own.
    const GraphIndex index(*g);
    if (index.is_input[target.root] || g->values[target.root].is_constant) {
      bool shown = false;
      for (size_t v = 0; v < g->values.size(); ++v) {
        shown = shown || (index.is_output[v] && (static_cast<int>(v) == y || g->values[v].view.root == y));
      }
      if (shown) continue;
    }
    ViewMoves moves(g);
    Node slice = n;
    if (!moves.Move(y, target)) continue;
    EraseNode(&n);
    if (moves.IsWorthwhile()) {
      moves.Keep();
    } else {
      n = slice;
    }
  }
  SweepNodes(g);
}

}  // namespace adze::passes
