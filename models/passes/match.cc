// SPDX-License-Identifier: Apache-2.0
// Recognizing the small graphs that exporters write for one op.
#include "models/passes/match.h"

#include <algorithm>
#include <cmath>

#include "op-registry/ops/binary.h"

namespace adze::passes {

using graph::Node;

bool IsNear(float a, float b) { return std::fabs(a - b) <= 1e-5f * std::max(std::fabs(a), std::fabs(b)); }

const Node* Matcher::Maker(int value, const char* op) const {
  const int p = index_.producer[value];
  return p >= 0 && g_.nodes[p].op == op ? &g_.nodes[p] : nullptr;
}

const Node* Matcher::PlainMaker(int value, const char* op) const {
  const Node* n = Maker(value, op);
  return n != nullptr && IsUnbounded(n->Params<BinaryParams>().clamp) ? n : nullptr;
}

bool Matcher::IsUniform(int value, float* number) const {
  const graph::Value& v = g_.values[value];
  if (!v.is_constant || v.dtype != DType::kF32 || v.data.size() < sizeof(float)) return false;
  const std::vector<float> f = v.As<float>();
  *number = f[0];
  return std::all_of(f.begin(), f.end(), [&](float x) { return x == f[0]; });
}

bool Matcher::IsUniformNear(int value, float number) const {
  float n = 0;
  return IsUniform(value, &n) && IsNear(n, number);
}

bool Matcher::SplitUniform(int value, const char* op, int* x, float* number) const {
  const Node* n = PlainMaker(value, op);
  if (n == nullptr) return false;
  for (int side = 0; side < 2; ++side) {
    const int other = n->inputs[1 - side];
    // The constant must not widen the other operand.
    if (g_.values[other].dims != g_.values[value].dims || !IsUniform(n->inputs[side], number)) continue;
    *x = other;
    return true;
  }
  return false;
}

Scaled Matcher::Unscaled(int value) const {
  Scaled s;
  s.value = value;
  float number = 0;
  for (int x = -1; SplitUniform(s.value, "mul", &x, &number); s.value = x) s.factor *= number;
  return s;
}

const Node* Matcher::OnlyReader(int value) const {
  return !index_.is_output[value] && index_.readers[value].size() == 1 ? &g_.nodes[index_.readers[value][0]] : nullptr;
}

int Matcher::OtherOperand(const Node& n, int value) {
  if (n.inputs.size() != 2 || (n.inputs[0] == value) == (n.inputs[1] == value)) return -1;
  return n.inputs[0] == value ? n.inputs[1] : n.inputs[0];
}

}  // namespace adze::passes
