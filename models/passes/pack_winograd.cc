// SPDX-License-Identifier: Apache-2.0
// Pass pack_winograd (only where speed is asked for): 3 x 3 convolutions that Winograd's F(4 x 4, 3 x 3) makes faster get its weights, which
// take four times the bytes. Biases are padded as in pack_weights.
#include "models/pack/pack.h"
#include "models/passes/packing.h"
#include "models/passes/passes.h"
#include "op-registry/ops/conv2d.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;

// Measured with conv2d_bench (AVX-512 and AVX2 on Zen 4, one core): from 16 channels on each side 1.7 to 3.5 times as fast as the direct
// convolution. The transforms grow with channels, the products with their square.
constexpr int64_t kLeastChannels = 16;
// A product has as many rows as the outputs have tiles, and its weights are 4 times as large: with 4 tiles (7 x 7) and 512 channels fetching
// them takes what the products save, with 16 (from 13 x 13 on) the gain is a factor of two.
constexpr int64_t kLeastTiles = 16;

bool Pays(const Graph& g, const Node& n) {
  const auto p = n.Params<Conv2dParams>();
  const auto& x = g.values[n.inputs[0]];
  const auto& y = g.values[n.outputs[0]];
  if (p.kernel_h != 3 || p.kernel_w != 3 || p.stride_h != 1 || p.stride_w != 1 || p.dilation_h != 1 || p.dilation_w != 1) return false;
  if (p.groups != 1 || x.dims[3] < kLeastChannels || p.channels_out < kLeastChannels || ChannelsAreApart(x)) return false;
  if (p.has_residual != 0 && g.values[n.inputs.back()].dims != y.dims) return false;
  const int64_t tiles = y.dims[0] * ((y.dims[1] + 3) / 4) * ((y.dims[2] + 3) / 4);
  return tiles >= kLeastTiles;
}

void Pack(Graph* g, size_t node) {
  const Node& n = g->nodes[node];
  auto p = n.Params<Conv2dParams>();
  const bool has_bias = n.inputs.size() == 3u + p.has_residual;
  if (p.packing != Packing::kNone || !HasConstantWeights(*g, n, has_bias) || !Pays(*g, n)) return;
  const auto& w = g->values[n.inputs[1]];
  const std::string name = w.name;
  const int64_t c_in = w.dims[3], panels = RoundUp(p.channels_out, kPanelColumns) / kPanelColumns;
  const std::vector<float> packed = pack::PackWinograd4x3(w.As<float>(), p.channels_out, c_in);
  g->nodes[node].inputs[1] = g->AddConstant(name, DType::kF32, {36, panels, c_in, kPanelColumns}, packed);
  p.packing = Packing::kWinograd4x3;
  g->nodes[node].SetParams(p);
  SetPaddedBias(g, node, 2, p.channels_out, has_bias);
}

}  // namespace

void PackWinograd(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op == "conv2d") Pack(g, i);
  }
}

}  // namespace adze::passes
