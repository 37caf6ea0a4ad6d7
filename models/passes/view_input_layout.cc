// SPDX-License-Identifier: Apache-2.0
// Pass view_input_layout: a first convolution reads NCHW directly.
#include "models/passes/layout.h"
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"

namespace adze::passes {

using graph::Graph;
using graph::Node;

void ViewInputLayout(Graph* g) {
  const GraphIndex index(*g);
  for (Node& n : g->nodes) {
    if (!OnlyFeedsStridedConvolutions(*g, index, n)) continue;
    const int y = n.outputs[0], x = n.inputs[0];
    const graph::Value& from = g->values[x];
    const std::vector<int64_t> strides = StridesOf(from);
    graph::View view;
    view.root = from.view.root >= 0 ? from.view.root : x;
    view.offset_bytes = from.view.root >= 0 ? from.view.offset_bytes : 0;
    view.strides = {strides[0], strides[2], strides[3], strides[1]};
    g->values[y].view = view;
    EraseNode(&n);
  }
  SweepNodes(g);
}

}  // namespace adze::passes
