// SPDX-License-Identifier: Apache-2.0
// The evaluator of feature expressions.
#include "op-registry/core/expr.h"

namespace adze {
namespace {

int64_t Saturated(bool overflow, int64_t value, bool negative) {
  if (!overflow) return value;
  return negative ? INT64_MIN + 1 : INT64_MAX;
}

int64_t Apply(ExprOp op, int64_t a, int64_t b) {
  int64_t r = 0;
  bool o = false;
  switch (op) {
    case ExprOp::kAdd: o = __builtin_add_overflow(a, b, &r); return Saturated(o, r, a < 0);
    case ExprOp::kSub: o = __builtin_sub_overflow(a, b, &r); return Saturated(o, r, a < 0);
    case ExprOp::kMul: o = __builtin_mul_overflow(a, b, &r); return Saturated(o, r, (a < 0) != (b < 0));
    case ExprOp::kDiv: return b == 0 ? 0 : b == -1 ? Apply(ExprOp::kSub, 0, a) : a / b;
    case ExprOp::kEq: return a == b;
    case ExprOp::kNe: return a != b;
    case ExprOp::kLt: return a < b;
    case ExprOp::kLe: return a <= b;
    case ExprOp::kGt: return a > b;
    case ExprOp::kGe: return a >= b;
    case ExprOp::kAnd: return a != 0 && b != 0;
    case ExprOp::kOr: return a != 0 || b != 0;
    default: return INT64_MIN;
  }
}

}  // namespace

int64_t Evaluate(const uint8_t* code, int size, const Key& key, int64_t if_empty) {
  if (size == 0) return if_empty;
  int64_t stack[kMaxExprDepth];
  int depth = 0;
  for (int i = 0; i < size; ++i) {
    const auto op = static_cast<ExprOp>(code[i]);
    if (op <= ExprOp::kConst) {
      const int operand = op == ExprOp::kFeature ? 1 : 4;
      if (depth == kMaxExprDepth || size - i <= operand) return INT64_MIN;
      if (op == ExprOp::kFeature) {
        stack[depth++] = code[i + 1] < kFeatureCount ? key.features[code[i + 1]] : INT64_MIN;
      } else {
        uint32_t v = 0;
        for (int k = 4; k > 0; --k) v = v << 8 | code[i + k];
        stack[depth++] = static_cast<int32_t>(v);
      }
      i += operand;
    } else if (op == ExprOp::kNot) {
      if (depth < 1) return INT64_MIN;
      stack[depth - 1] = stack[depth - 1] == 0;
    } else {
      if (depth < 2) return INT64_MIN;
      --depth;
      stack[depth - 1] = Apply(op, stack[depth - 1], stack[depth]);
    }
  }
  return depth == 1 ? stack[0] : INT64_MIN;
}

}  // namespace adze
