// SPDX-License-Identifier: Apache-2.0
// Pass view_reshapes: the output of a reshape of adjacent bytes is those bytes.
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"

namespace adze::passes {

void ViewReshapes(graph::Graph* g) {
  const GraphIndex index(*g);
  for (graph::Node& n : g->nodes) {
    if (n.op != "reshape") continue;
    const int x = n.inputs[0];
    const graph::Value& from = g->values[x];
    graph::Value& to = g->values[n.outputs[0]];
    if (!IsDenseValue(from)) continue;
    const int root = from.view.root >= 0 ? from.view.root : x;
    // The session writes inputs and never writes constants: an output must have bytes of its own.
    if (index.is_output[n.outputs[0]] && index.producer[root] < 0) continue;
    to.view.root = root;
    to.view.offset_bytes = from.view.root >= 0 ? from.view.offset_bytes : 0;
    to.view.strides = DenseStrides(to.dims, to.dtype);
    EraseNode(&n);
  }
  SweepNodes(g);
}

}  // namespace adze::passes
