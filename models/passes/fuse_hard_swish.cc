// SPDX-License-Identifier: Apache-2.0
// Pass fuse_hard_swish: x times its hard sigmoid, in the ways exporters write it, becomes one op.
//
//   x * clamp(x + 3, 0, 6) / 6      x * (clamp(x + 3, 0, 6) / 6)      x * clamp(x / 6 + 1 / 2, 0, 1)
#include "models/passes/match.h"
#include "models/passes/passes.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/unary.h"

namespace adze::passes {
namespace {

using graph::Graph;
using graph::Node;

// The sum behind `value` and the range it is clamped to, be the clamp a node or the add's own.
const Node* ClampedAdd(const Matcher& m, int value, ClampRange* range) {
  const Node* clamp = m.Maker(value, "clamp");
  if (clamp != nullptr) {
    *range = clamp->Params<ClampParams>().clamp;
    return m.PlainMaker(clamp->inputs[0], "add");
  }
  const Node* add = m.Maker(value, "add");
  if (add != nullptr) *range = add->Params<BinaryParams>().clamp;
  return add;
}

// value = factor * clamp(x + 3, 0, 6): gives x and factor; x is -1 where it is something else.
Scaled MatchGate(const Matcher& m, int value) {
  const Scaled outer = m.Unscaled(value);
  ClampRange range;
  const Node* add = ClampedAdd(m, outer.value, &range);
  if (add == nullptr || range.lo != 0) return {};
  for (int side = 0; side < 2; ++side) {
    const int x = add->inputs[1 - side];
    float addend = 0;
    if (!m.IsUniform(add->inputs[side], &addend) || m.g().values[x].dims != m.g().values[outer.value].dims) continue;
    // clamp(s * x + addend, 0, hi) with hi = 6 s and addend = 3 s
    const float s = range.hi / 6;
    if (!IsNear(addend, 3 * s)) continue;
    if (IsNear(s, 1)) return {x, outer.factor};
    const Scaled inner = m.Unscaled(x);
    if (IsNear(inner.factor, s)) return {inner.value, outer.factor * s};
  }
  return {};
}

// Node `at`, a mul, as total * x * clamp(x + 3, 0, 6).
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
  Scaled product = MatchProduct(m, mul);
  if (product.value < 0) return false;
  int root = at;
  if (!IsNear(product.factor, 1.0f / 6)) {
    const Node* next = m.OnlyReader(mul.outputs[0]);
    int x = -1;
    float number = 0;
    if (next == nullptr || !m.SplitUniform(next->outputs[0], "mul", &x, &number) || !IsNear(product.factor * number, 1.0f / 6))
      return false;
    root = m.NodeIndex(*next);
  }
  ReplaceNode(g, root, "hard_swish", {product.value});
  return true;
}

}  // namespace

void FuseHardSwish(Graph* g) {
  bool fused = false;
  for (size_t i = 0; i < g->nodes.size(); ++i) {
    if (g->nodes[i].op == "mul") fused = FuseAt(g, static_cast<int>(i)) || fused;
  }
  if (fused) RemoveDead(g);
}

}  // namespace adze::passes
