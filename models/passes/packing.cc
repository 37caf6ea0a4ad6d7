// SPDX-License-Identifier: Apache-2.0
// What the passes that pack weights share.
#include "models/passes/packing.h"

#include "models/pack/pack.h"

namespace adze::passes {

bool IsConstantF32(const graph::Graph& g, int v) { return g.values[v].is_constant && g.values[v].dtype == DType::kF32; }

bool HasConstantWeights(const graph::Graph& g, const graph::Node& n, bool has_bias) {
  return IsConstantF32(g, n.inputs[1]) && (!has_bias || IsConstantF32(g, n.inputs[2]));
}

void SetPaddedBias(graph::Graph* g, size_t node, int at, int64_t channels, bool has_bias) {
  std::vector<int>& inputs = g->nodes[node].inputs;
  std::vector<float> bias(static_cast<size_t>(channels), 0.0f);
  if (has_bias) bias = g->values[inputs[at]].As<float>();
  bias = pack::PadTo16(std::move(bias));
  const int v = g->AddConstant(g->nodes[node].name + "_bias", DType::kF32, {static_cast<int64_t>(bias.size())}, bias);
  if (has_bias) {
    g->nodes[node].inputs[at] = v;
  } else {
    g->nodes[node].inputs.insert(g->nodes[node].inputs.begin() + at, v);
  }
}

bool ChannelsAreApart(const graph::Value& x) {
  return x.view.root >= 0 && x.dims[3] > 1 && x.view.strides[3] != static_cast<int64_t>(DTypeBytes(x.dtype));
}

}  // namespace adze::passes
