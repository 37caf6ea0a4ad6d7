// SPDX-License-Identifier: Apache-2.0
// Pass fuse_residual: the add behind a convolution becomes its residual input.
#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/conv2d.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;

// A convolution whose bare sum only the add reads. Grouped ones stay: the depthwise driver takes no residual.
bool TakesResidual(const Graph& g, const GraphIndex& index, int value) {
  if (!index.IsPrivate(value)) return false;
  const Node& n = g.nodes[index.producer[value]];
  if (n.op != "conv2d") return false;
  const Conv2dParams p = n.Params<Conv2dParams>();
  const bool pointwise_depthwise = p.channels_out == 1 && g.values[n.inputs[0]].dims[3] == 1;
  return p.groups == 1 && !pointwise_depthwise && p.has_residual == 0 && IsUnbounded(p.clamp);
}

// The side of the add that should take the other in: the convolution that runs later, so that the other operand is there; -1 if neither
// can.
int SideOf(const Graph& g, const GraphIndex& index, const Node& add) {
  const int a = add.inputs[0], b = add.inputs[1];
  if (g.values[a].dims != g.values[b].dims || g.values[a].dtype != DType::kF32) return -1;
  const bool a_can = TakesResidual(g, index, a), b_can = TakesResidual(g, index, b);
  if (a_can && b_can) return index.producer[a] > index.producer[b] ? 0 : 1;
  return a_can ? 0 : b_can ? 1 : -1;
}

}  // namespace

void FuseResidual(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op != "add") continue;
    const GraphIndex index(*g);
    const Node add = g->nodes[i];
    const int side = SideOf(*g, index, add);
    if (side < 0) continue;
    const auto at = static_cast<size_t>(index.producer[add.inputs[side]]);
    const int other = add.inputs[1 - side];
    Node conv = g->nodes[at];
    Conv2dParams p = conv.Params<Conv2dParams>();
    p.has_residual = 1;
    p.clamp = add.Params<BinaryParams>().clamp;
    conv.SetParams(p);
    conv.inputs.push_back(other);
    conv.outputs[0] = add.outputs[0];
    // The convolution stays where it is if it can, so that its picture dies early; else it takes the place of the add.
    const bool other_is_ready = index.producer[other] < static_cast<int>(at);
    EraseNode(&g->nodes[at]);
    EraseNode(&g->nodes[i]);
    g->nodes[other_is_ready ? at : i] = conv;
  }
  SweepNodes(g);
}

}  // namespace adze::passes
