// SPDX-License-Identifier: Apache-2.0
// Pass pack_weights: constant weights into the panels that kernels use in place on every ISA.
#include "models/pack/pack.h"
#include "models/passes/packing.h"
#include "models/passes/passes.h"
#include "op-registry/core/packing.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/fully_connected.h"
#include "op-registry/ops/lstm.h"
#include "op-registry/ops/recurrent.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;

void PackConv2d(Graph* g, size_t node) {
  const Node& n = g->nodes[node];
  Conv2dParams p = n.Params<Conv2dParams>();
  const bool has_bias = n.inputs.size() == 3u + p.has_residual;
  if (p.packing != Packing::kNone || !HasConstantWeights(*g, n, has_bias)) return;
  const int64_t c_in = g->values[n.inputs[0]].dims[3];
  const int64_t area = int64_t{p.kernel_h} * p.kernel_w;
  const bool depthwise = p.groups == c_in && p.groups == p.channels_out && p.has_residual == 0;
  const Value& w = g->values[n.inputs[1]];
  const std::string name = w.name;
  if (depthwise) {
    p.packing = Packing::kDepthwise16;
    const std::vector<float> packed = pack::PackDepthwise16(w.As<float>(), c_in, area);
    g->nodes[node].inputs[1] = g->AddConstant(name, DType::kF32, {area, RoundUp(c_in, kPanelColumns)}, packed);
  } else {
    const int64_t columns = p.channels_out / p.groups, group_in = c_in / p.groups, k = area * group_in;
    const bool by_channel = ChannelsAreApart(g->values[n.inputs[0]]);
    p.packing = by_channel ? Packing::kPanels16ByChannel : Packing::kPanels16;
    std::vector<float> weights = w.As<float>();
    if (by_channel) weights = pack::ColumnsLast(weights, p.channels_out, p.kernel_h, p.kernel_w, group_in);
    const std::vector<float> packed = pack::PackPanels16(weights, p.groups, columns, k);
    const int64_t panels = RoundUp(columns, kPanelColumns) / kPanelColumns;
    g->nodes[node].inputs[1] = g->AddConstant(name, DType::kF32, {p.groups, panels, k, kPanelColumns}, packed);
  }
  g->nodes[node].SetParams(p);
  SetPaddedBias(g, node, 2, p.channels_out, has_bias);
}

void PackFloatFullyConnected(Graph* g, size_t node) {
  const Node& n = g->nodes[node];
  FullyConnectedParams p = n.Params<FullyConnectedParams>();
  const bool has_bias = n.inputs.size() == 3;
  if (p.packing != Packing::kNone || !HasConstantWeights(*g, n, has_bias)) return;
  const Value& w = g->values[n.inputs[1]];
  const std::string name = w.name;
  const int64_t k = w.dims[1], panels = RoundUp(p.channels_out, kPanelColumns) / kPanelColumns;
  const std::vector<float> packed = pack::PackPanels16(w.As<float>(), 1, p.channels_out, k);
  g->nodes[node].inputs[1] = g->AddConstant(name, DType::kF32, {1, panels, k, kPanelColumns}, packed);
  p.packing = Packing::kPanels16;
  g->nodes[node].SetParams(p);
  SetPaddedBias(g, node, 2, p.channels_out, has_bias);
}

void PackLstm(Graph* g, size_t node) {
  const Node& n = g->nodes[node];
  LstmParams p = n.Params<LstmParams>();
  if (p.packing != Packing::kNone || !IsConstantF32(*g, n.inputs[1]) || !IsConstantF32(*g, n.inputs[2]) || !IsConstantF32(*g, n.inputs[3]))
    return;
  const int64_t rows = int64_t{4} * p.hidden, panels = RoundUp(rows, kPanelColumns) / kPanelColumns;
  for (int i = 1; i < 3; ++i) {
    const Value w = g->values[g->nodes[node].inputs[i]];
    const std::vector<float> packed = pack::PackPanels16(w.As<float>(), 1, rows, w.dims[1]);
    g->nodes[node].inputs[i] = g->AddConstant(w.name, DType::kF32, {1, panels, w.dims[1], kPanelColumns}, packed);
  }
  p.packing = Packing::kPanels16;
  g->nodes[node].SetParams(p);
  SetPaddedBias(g, node, 3, rows, true);
}

// `rows` rows of weights at input `at`, or a bias of as many numbers, as `groups` groups.
void PackRows(Graph* g, size_t node, int at, int64_t groups) {
  const Value w = g->values[g->nodes[node].inputs[at]];
  const int64_t rows = w.dims[0] / groups, padded = RoundUp(rows, kPanelColumns);
  if (w.dims.size() == 2) {
    const std::vector<float> packed = pack::PackPanels16(w.As<float>(), groups, rows, w.dims[1]);
    g->nodes[node].inputs[at] = g->AddConstant(w.name, DType::kF32, {groups, padded / kPanelColumns, w.dims[1], kPanelColumns}, packed);
    return;
  }
  const std::vector<float> bias = w.As<float>();
  std::vector<float> wide(static_cast<size_t>(groups * padded), 0.0f);
  for (int64_t i = 0; i < w.dims[0]; ++i) wide[static_cast<size_t>(i / rows * padded + i % rows)] = bias[static_cast<size_t>(i)];
  g->nodes[node].inputs[at] = g->AddConstant(w.name, DType::kF32, {groups * padded}, wide);
}

void PackRecurrent(Graph* g, size_t node) {
  RecurrentParams p = g->nodes[node].Params<RecurrentParams>();
  std::vector<int> weights = {1, 2, 3};
  for (const RecurrentOption option : {kRecurrentBias, kProjection, kProjectionBias}) {
    if (Has(p, option)) weights.push_back(InputOf(p, option));
  }
  if (p.packing != Packing::kNone) return;
  for (const int at : weights) {
    if (!IsConstantF32(*g, g->nodes[node].inputs[at])) return;
  }
  for (const int at : weights) PackRows(g, node, at, at < 4 && g->nodes[node].op == "gru" ? 3 : 1);
  p.packing = Packing::kPanels16;
  g->nodes[node].SetParams(p);
}

// Integer weights stay [N, K]: their dot products run along K. Kernels count on a bias.
void GiveIntegerBias(Graph* g, size_t node) {
  if (g->nodes[node].inputs.size() != 2) return;
  const int64_t channels = g->nodes[node].Params<FullyConnectedParams>().channels_out;
  const std::vector<int32_t> zeros(static_cast<size_t>(channels), 0);
  const int v = g->AddConstant(g->nodes[node].name + "_bias", DType::kI32, {channels}, zeros);
  g->nodes[node].inputs.push_back(v);
}

}  // namespace

void PackWeights(Graph* g) {
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op == "conv2d") PackConv2d(g, i);
    if (g->nodes[i].op == "lstm") PackLstm(g, i);
    if (g->nodes[i].op == "gru" || g->nodes[i].op == "lstm_full" || g->nodes[i].op == "rnn") PackRecurrent(g, i);
    if (g->nodes[i].op != "fully_connected") continue;
    if (g->values[g->nodes[i].inputs[0]].dtype == DType::kF32) {
      PackFloatFullyConnected(g, i);
    } else {
      GiveIntegerBias(g, i);
    }
  }
}

}  // namespace adze::passes
