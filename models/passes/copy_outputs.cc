// SPDX-License-Identifier: Apache-2.0
// Pass copy_outputs: an output that is an input or a constant has no arena bytes of its own for the session to hand out.
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"

namespace adze::passes {

void CopyOutputs(graph::Graph* g) {
  const GraphIndex index(*g);
  for (int& v : g->outputs) {
    if (index.producer[v] >= 0) continue;
    graph::Value copy = g->values[v];
    copy.is_constant = false;
    copy.data.clear();
    const int to = g->AddValue(std::move(copy));
    g->nodes.push_back(MakeNode(*g, "reshape", {v}, {to}));
    v = to;
  }
}

}  // namespace adze::passes
