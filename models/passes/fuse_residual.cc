// SPDX-License-Identifier: Apache-2.0
// Pass fuse_residual: the add behind a convolution becomes its residual input. Where the other operand is padded with zeros behind its last
// channel, as in blocks that widen, the pad goes too: the channels behind get no residual.
#include <algorithm>
#include <iterator>

#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/movement.h"

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

// What `value` is without zeros padded behind its channels; `value` itself if it is anything else, or the padded value is wanted elsewhere.
int WithoutPaddedChannels(const Graph& g, const GraphIndex& index, int value) {
  if (!index.IsPrivate(value) || g.nodes[index.producer[value]].op != "pad") return value;
  const Node& pad = g.nodes[index.producer[value]];
  PadParams p = pad.Params<PadParams>();
  p.after[3] = 0;
  const PadParams nothing;
  const bool only_channels = std::equal(std::begin(p.before), std::end(p.before), std::begin(nothing.before)) &&
                             std::equal(std::begin(p.after), std::end(p.after), std::begin(nothing.after));
  const bool zeros = std::all_of(std::begin(p.value), std::end(p.value), [](uint8_t byte) { return byte == 0; });
  return only_channels && zeros && g.values[pad.inputs[0]].dims[3] > 0 ? pad.inputs[0] : value;
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
    const int added = add.inputs[1 - side];
    const int other = WithoutPaddedChannels(*g, index, added);
    Node conv = g->nodes[at];
    Conv2dParams p = conv.Params<Conv2dParams>();
    p.has_residual = 1;
    p.clamp = add.Params<BinaryParams>().clamp;
    conv.SetParams(p);
    conv.inputs.push_back(other);
    conv.outputs[0] = add.outputs[0];
    // The convolution stays where it is if it can, so that its picture dies early; else it takes the place of the add.
    const bool other_is_ready = index.producer[other] < static_cast<int>(at);
    if (other != added) EraseNode(&g->nodes[index.producer[added]]);
    EraseNode(&g->nodes[at]);
    EraseNode(&g->nodes[i]);
    g->nodes[other_is_ready ? at : i] = conv;
  }
  SweepNodes(g);
}

}  // namespace adze::passes
