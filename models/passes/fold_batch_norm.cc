// SPDX-License-Identifier: Apache-2.0
// Pass fold_batch_norm: what follows a convolution per channel (batch norm as mul and add, a scale, a late bias) moves into its weights
// and bias.
#include <algorithm>

#include "models/passes/passes.h"
#include "models/passes/rewrite.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/conv2d.h"
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
  } else if (n.op == "fully_connected") {
    const FullyConnectedParams p = n.Params<FullyConnectedParams>();
    *layer = {p.channels_out, p.clamp};
    plain = p.packing == Packing::kNone && p.rescale == RescaleMode::kNone;
  }
  if (!plain || g.values[n.outputs[0]].dtype != DType::kF32) return false;
  return std::all_of(n.inputs.begin() + 1, n.inputs.end(), [&](int v) { return g.values[v].is_constant; });
}

void SetClamp(Node* n, const ClampRange& clamp) {
  if (n->op == "conv2d") {
    Conv2dParams p = n->Params<Conv2dParams>();
    p.clamp = clamp;
    n->SetParams(p);
  } else {
    FullyConnectedParams p = n->Params<FullyConnectedParams>();
    p.clamp = clamp;
    n->SetParams(p);
  }
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

// The constant as one float a channel; empty if it varies along anything but the last dim.
std::vector<float> PerChannel(const Value& c, int64_t channels) {
  if (!c.is_constant || c.dtype != DType::kF32) return {};
  for (size_t d = 0; d + 1 < c.dims.size(); ++d) {
    if (c.dims[d] != 1) return {};
  }
  std::vector<float> f = c.As<float>();
  if (f.size() == 1) f.assign(static_cast<size_t>(channels), f[0]);
  if (static_cast<int64_t>(f.size()) != channels) return {};
  return f;
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

// Folds node `at` (mul or add) into the layer that makes one of its inputs. The layer then writes the output of `at`.
bool FoldInto(Graph* g, size_t at) {
  const GraphIndex index(*g);
  const Node& n = g->nodes[at];
  for (int side = 0; side < 2; ++side) {
    const int x = n.inputs[side], c = n.inputs[1 - side];
    Layer layer;
    if (!index.IsPrivate(x) || !ReadLayer(*g, g->nodes[index.producer[x]], &layer)) continue;
    if (g->values[x].dims != g->values[n.outputs[0]].dims) continue;  // the constant would widen it
    const std::vector<float> per_channel = PerChannel(g->values[c], layer.channels);
    const bool is_mul = n.op == "mul";
    if (per_channel.empty() || !MoveClamp(per_channel, is_mul, &layer.clamp)) continue;
    const auto target = static_cast<size_t>(index.producer[x]);
    std::vector<float> bias = BiasOf(*g, g->nodes[target], layer.channels);
    for (size_t i = 0; i < bias.size(); ++i) bias[i] = is_mul ? bias[i] * per_channel[i] : bias[i] + per_channel[i];
    SetClamp(&g->nodes[target], ComposeClamps(layer.clamp, n.Params<BinaryParams>().clamp));
    g->nodes[target].outputs[0] = n.outputs[0];
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
