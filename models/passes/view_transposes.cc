// SPDX-License-Identifier: Apache-2.0
// Pass view_transposes: what can read through strides reads the source of a transpose: a first convolution NCHW, products their operands.
#include "models/passes/layout.h"
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"

namespace adze::passes {

using graph::Graph;
using graph::Node;

void ViewTransposes(Graph* g) {
  const GraphIndex index(*g);
  for (Node& n : g->nodes) {
    if (!OnlyFeedsStridedReaders(*g, index, n)) continue;
    const int y = n.outputs[0], x = n.inputs[0];
    const graph::Value& from = g->values[x];
    const std::vector<int64_t> strides = StridesOf(from);
    graph::View view;
    view.root = from.view.root >= 0 ? from.view.root : x;
    view.offset_bytes = from.view.root >= 0 ? from.view.offset_bytes : 0;
    for (const int d : PermOf(*g, n)) view.strides.push_back(strides[d]);
    g->values[y].view = view;
    EraseNode(&n);
  }
  SweepNodes(g);
}

}  // namespace adze::passes
