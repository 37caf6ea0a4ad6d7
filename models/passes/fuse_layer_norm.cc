// SPDX-License-Identifier: Apache-2.0
// Pass fuse_layer_norm: a layer normalization written out in means, differences and a root becomes one op.
//
//   d = x - mean(x)      d / sqrt(mean(d * d) + epsilon) * gamma + beta
//
// over the last dim. The difference may be computed twice; the division may be a product with 1 / root; gamma and beta may be missing.
#include <cmath>

#include "models/passes/match.h"
#include "models/passes/passes.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/layer_norm.h"
#include "op-registry/ops/reduce_mean.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;

// Larger addends are no guard against division by 0 but part of some other formula.
constexpr float kMaxEpsilon = 0.1f;

// value = mean(x) over the last dim: gives x, else -1.
int MeanOf(const Matcher& m, int value) {
  const Node* mean = m.Maker(value, "reduce_mean");
  if (mean == nullptr) return -1;
  const size_t rank = m.g().values[mean->inputs[0]].dims.size();
  return mean->Params<ReduceMeanParams>().axes == uint32_t{1} << (rank - 1) ? mean->inputs[0] : -1;
}

// value = x - mean(x): gives x, else -1.
int CentredOf(const Matcher& m, int value) {
  const Node* sub = m.PlainMaker(value, "sub");
  return sub != nullptr && MeanOf(m, sub->inputs[1]) == sub->inputs[0] ? sub->inputs[0] : -1;
}

// value = sqrt(mean(d * d) + epsilon) of the centred x: gives x and epsilon, else -1.
int DeviationOf(const Matcher& m, int value, float* epsilon) {
  const Node* root = m.Maker(value, "sqrt");
  if (root == nullptr) return -1;
  int variance = root->inputs[0];
  *epsilon = 0;
  if (m.SplitUniform(root->inputs[0], "add", &variance, epsilon) && !(*epsilon >= 0 && *epsilon <= kMaxEpsilon)) return -1;
  const int squares = MeanOf(m, variance);
  const Node* square = squares < 0 ? nullptr : m.PlainMaker(squares, "mul");
  if (square == nullptr) return -1;
  const int x = CentredOf(m, square->inputs[0]);
  return x >= 0 && CentredOf(m, square->inputs[1]) == x ? x : -1;
}

// node = d / deviation or d * (1 / deviation): gives x and epsilon, else -1.
int NormalizedOf(const Matcher& m, const Node& n, float* epsilon) {
  if (!IsUnbounded(n.Params<BinaryParams>().clamp)) return -1;
  for (int side = 0; side < 2; ++side) {
    const int x = CentredOf(m, n.inputs[side]);
    if (x < 0) continue;
    int deviation = n.inputs[1 - side];
    if (n.op == "mul") {
      const Node* inverse = m.PlainMaker(deviation, "div");
      if (inverse == nullptr || !m.IsUniformNear(inverse->inputs[0], 1)) continue;
      deviation = inverse->inputs[1];
    } else if (side == 1) {
      continue;  // deviation / d
    }
    if (DeviationOf(m, deviation, epsilon) == x) return x;
  }
  return -1;
}

// The only reader of `value`, if it is `op` with a constant of one float a channel; writes that.
const Node* ChannelReader(const Matcher& m, int value, const char* op, int64_t channels, std::vector<float>* constant) {
  const Node* n = m.OnlyReader(value);
  if (n == nullptr || m.PlainMaker(n->outputs[0], op) != n) return nullptr;
  const int other = Matcher::OtherOperand(*n, value);
  if (other < 0 || m.g().values[n->outputs[0]].dims != m.g().values[value].dims) return nullptr;
  std::vector<float> found = PerChannel(m.g().values[other], channels);
  if (found.empty()) return nullptr;
  *constant = std::move(found);
  return n;
}

bool FuseAt(Graph* g, int at) {
  const Matcher m(*g);
  LayerNormParams p;
  const int x = NormalizedOf(m, g->nodes[at], &p.epsilon);
  if (x < 0) return false;
  const int64_t channels = g->values[x].dims.back();
  std::vector<float> gamma(static_cast<size_t>(channels), 1.0f), beta(static_cast<size_t>(channels), 0.0f);
  int last = at;
  const Node* scale = ChannelReader(m, g->nodes[last].outputs[0], "mul", channels, &gamma);
  if (scale != nullptr) last = m.NodeIndex(*scale);
  const Node* shift = ChannelReader(m, g->nodes[last].outputs[0], "add", channels, &beta);
  if (shift != nullptr) last = m.NodeIndex(*shift);
  const std::string name = g->nodes[last].name;
  const int gamma_value = g->AddConstant(name + "_gamma", DType::kF32, {channels}, gamma);
  const int beta_value = g->AddConstant(name + "_beta", DType::kF32, {channels}, beta);
  ReplaceNode(g, last, "layer_norm", {x, gamma_value, beta_value}, p);
  return true;
}

}  // namespace

void FuseLayerNorm(Graph* g) {
  bool fused = false;
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op == "div" || g->nodes[i].op == "mul") fused = FuseAt(g, static_cast<int>(i)) || fused;
  }
  if (fused) RemoveDead(g);
}

}  // namespace adze::passes
