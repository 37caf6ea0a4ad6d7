// SPDX-License-Identifier: Apache-2.0
// Pass fuse_gelu: x / 2 (1 + erf(x / sqrt 2)), written out with its three factors in any order, becomes one op.
#include "models/passes/match.h"
#include "models/passes/passes.h"
#include "op-registry/ops/binary.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;

// value = factor (1 + erf(x / sqrt 2)): gives x and factor, else -1.
Scaled MatchGate(const Matcher& m, int value) {
  const Scaled outer = m.Unscaled(value);
  int erf = -1;
  float one = 0;
  if (!m.SplitUniform(outer.value, "add", &erf, &one) || one != 1 || m.Maker(erf, "erf") == nullptr) return {};
  const Scaled inner = m.Unscaled(m.Maker(erf, "erf")->inputs[0]);
  return IsNear(inner.factor, 0.707106781f) ? Scaled{inner.value, outer.factor} : Scaled{};
}

// The mul as factor * x (1 + erf(x / sqrt 2)).
Scaled MatchProduct(const Matcher& m, const Node& mul) {
  for (int side = 0; side < 2; ++side) {
    const Scaled gate = MatchGate(m, mul.inputs[side]);
    if (gate.value < 0) continue;
    const int a = mul.inputs[1 - side];
    if (a == gate.value) return gate;
    const Scaled scaled = m.Unscaled(a);
    if (scaled.value == gate.value) return {gate.value, gate.factor * scaled.factor};
  }
  return {};
}

bool FuseAt(Graph* g, int at) {
  const Matcher m(*g);
  const Node& mul = g->nodes[at];
  if (m.PlainMaker(mul.outputs[0], "mul") == nullptr) return false;
  const Scaled product = MatchProduct(m, mul);
  if (product.value < 0) return false;
  int root = at;
  if (!IsNear(product.factor, 0.5f)) {
    const Node* next = m.OnlyReader(mul.outputs[0]);
    int x = -1;
    float number = 0;
    if (next == nullptr || !m.SplitUniform(next->outputs[0], "mul", &x, &number) || !IsNear(product.factor * number, 0.5f)) return false;
    root = m.NodeIndex(*next);
  }
  ReplaceNode(g, root, "gelu", {product.value});
  return true;
}

}  // namespace

void FuseGelu(Graph* g) {
  bool fused = false;
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op == "mul") fused = FuseAt(g, static_cast<int>(i)) || fused;
  }
  if (fused) RemoveDead(g);
}

}  // namespace adze::passes
