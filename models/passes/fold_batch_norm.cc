// SPDX-License-Identifier: Apache-2.0
// Pass fold_batch_norm: what follows a convolution or fully connected layer per channel (batch norm as mul and add, a scale, a late bias)
// moves into its weights and bias; also from behind reshapes, and one number from behind transposes and products (the scale of attention).
#include <algorithm>

#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/conv_transpose2d.h"
#include "op-registry/ops/fully_connected.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;

// The parts of a convolution or fully connected layer that this pass rewrites.
struct Layer {
  int64_t channels;
  ClampRange clamp;
};

// False if the node is no such layer.
bool ReadLayer(const Graph& g, const Node& n, Layer* layer) {
  bool plain = false;
  if (n.op == "conv2d") {
    const Conv2dParams p = n.Params<Conv2dParams>();
    *layer = {p.channels_out, p.clamp};
    plain = p.packing == Packing::kNone && p.has_residual == 0;
  } else if (n.op == "conv_transpose2d") {
    const ConvTranspose2dParams p = n.Params<ConvTranspose2dParams>();
    *layer = {p.channels_out, p.clamp};
    plain = true;
  } else if (n.op == "fully_connected") {
    const FullyConnectedParams p = n.Params<FullyConnectedParams>();
    *layer = {p.channels_out, p.clamp};
    plain = p.packing == Packing::kNone && p.rescale == RescaleMode::kNone;
  }
  if (!plain || g.values[n.outputs[0]].dtype != DType::kF32) return false;
  return std::all_of(n.inputs.begin() + 1, n.inputs.end(), [&](int v) { return g.values[v].is_constant; });
}

template <typename Params>
void SetClampOf(Node* n, const ClampRange& clamp) {
  Params p = n->Params<Params>();
  p.clamp = clamp;
  n->SetParams(p);
}

void SetClamp(Node* n, const ClampRange& clamp) {
  if (n->op == "conv2d") return SetClampOf<Conv2dParams>(n, clamp);
  if (n->op == "conv_transpose2d") return SetClampOf<ConvTranspose2dParams>(n, clamp);
  SetClampOf<FullyConnectedParams>(n, clamp);
}

// What is left of the layer's own clamp when its output is multiplied or added to, false where the two do not commute. Multiplying by one
// positive number scales the range with everything in it.
bool MoveClamp(const std::vector<float>& per_channel, bool is_mul, ClampRange* clamp) {
  if (IsUnbounded(*clamp)) return true;
  const float factor = per_channel[0];
  const bool uniform = std::all_of(per_channel.begin(), per_channel.end(), [&](float f) { return f == factor; });
  if (!is_mul || !uniform || !(factor > 0)) return false;
  clamp->lo *= factor;
  clamp->hi *= factor;
  return true;
}

std::vector<float> BiasOf(const Graph& g, const Node& n, int64_t channels) {
  return n.inputs.size() > 2 ? g.values[n.inputs[2]].As<float>() : std::vector<float>(static_cast<size_t>(channels), 0.0f);
}

// New constants, never changed ones: another layer may share them.
void SetBias(Graph* g, size_t node, const std::vector<float>& bias) {
  const int v = g->AddConstant(g->nodes[node].name + "_bias", DType::kF32, {static_cast<int64_t>(bias.size())}, bias);
  std::vector<int>& inputs = g->nodes[node].inputs;
  inputs.resize(2);
  inputs.push_back(v);
}

void ScaleWeights(Graph* g, size_t node, const std::vector<float>& factor) {
  const Value old = g->values[g->nodes[node].inputs[1]];
  std::vector<float> w = old.As<float>();
  const size_t per_channel = w.size() / factor.size();  // the output channel is the outermost dim
  for (size_t i = 0; i < w.size(); ++i) w[i] *= factor[i / per_channel];
  g->nodes[node].inputs[1] = g->AddConstant(old.name + "_scaled", DType::kF32, old.dims, w);
}

// The value whose multiplication by a number, or by one a channel, is a multiplication of `value`; -1 where nothing is passed. A reshape
// that keeps the last dim keeps the channels; one number passes whatever moves elements, and the left operand of a product.
int BehindMovement(const Graph& g, const Node& n, bool uniform, bool is_mul) {
  const int x = n.inputs[0];
  if (n.op == "reshape") {
    const std::vector<int64_t>&from = g.values[x].dims, &to = g.values[n.outputs[0]].dims;
    return uniform || (!from.empty() && !to.empty() && from.back() == to.back()) ? x : -1;
  }
  if (n.op == "transpose") return uniform ? x : -1;
  return n.op == "matmul" && uniform && is_mul ? x : -1;
}

// The node whose layer makes `value`, which only one node reads at every step; -1 if there is none.
int LayerBehind(const Graph& g, const GraphIndex& index, int value, bool uniform, bool is_mul, Layer* layer) {
  while (value >= 0 && index.IsPrivate(value)) {
    const int p = index.producer[value];
    if (ReadLayer(g, g.nodes[p], layer)) return p;
    value = BehindMovement(g, g.nodes[p], uniform, is_mul);
  }
  return -1;
}

// Folds node `at` (mul or add) into the layer that makes one of its inputs. What made that input then writes the output of `at`.
bool FoldInto(Graph* g, size_t at) {
  const GraphIndex index(*g);
  const Node& n = g->nodes[at];
  const bool is_mul = n.op == "mul";
  for (int side = 0; side < 2; ++side) {
    const int x = n.inputs[side];
    const Value& c = g->values[n.inputs[1 - side]];
    if (!c.is_constant || g->values[x].dims.empty() || g->values[x].dims != g->values[n.outputs[0]].dims) continue;  // it would widen it
    const std::vector<float> given = PerChannel(c, g->values[x].dims.back());
    if (given.empty()) continue;
    const bool uniform = std::all_of(given.begin(), given.end(), [&](float f) { return f == given[0]; });
    Layer layer;
    const int behind = LayerBehind(*g, index, x, uniform, is_mul, &layer);
    if (behind < 0) continue;
    const bool direct = index.producer[x] == behind;
    const ClampRange after = n.Params<BinaryParams>().clamp;
    if (!direct && !IsUnbounded(after)) continue;
    const auto target = static_cast<size_t>(behind);
    const std::vector<float> per_channel = uniform ? std::vector<float>(static_cast<size_t>(layer.channels), given[0]) : given;
    if (!MoveClamp(per_channel, is_mul, &layer.clamp)) continue;
    std::vector<float> bias = BiasOf(*g, g->nodes[target], layer.channels);
    for (size_t i = 0; i < bias.size(); ++i) bias[i] = is_mul ? bias[i] * per_channel[i] : bias[i] + per_channel[i];
    SetClamp(&g->nodes[target], ComposeClamps(layer.clamp, after));
    g->nodes[index.producer[x]].outputs[0] = n.outputs[0];
    if (is_mul) ScaleWeights(g, target, per_channel);
    SetBias(g, target, bias);
    EraseNode(&g->nodes[at]);
    return true;
  }
  return false;
}

}  // namespace

void FoldBatchNorm(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op == "mul" || g->nodes[i].op == "add") FoldInto(g, i);
  }
  SweepNodes(g);
}

}  // namespace adze::passes
