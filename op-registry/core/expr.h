// SPDX-License-Identifier: Apache-2.0
// Integer expressions over the features of a key, as data: written with C++ operators in a rows header, kept as postfix bytes in
// the crop manifest, evaluated by one function on host and device.
//
//   F(Feature::kGroups) == 1 && F(Feature::kIndirection) <= 160
#pragma once

#include <cstdint>

#include "op-registry/core/key.h"

namespace adze {

// Bytes of the postfix code. The numbers are part of the crop manifest: append, never renumber.
enum class ExprOp : uint8_t {
  kFeature = 0,  // followed by one byte: the feature
  kConst = 1,    // followed by four bytes, little endian, signed
  kAdd,
  kSub,
  kMul,
  kDiv,  // kMul and kAdd saturate; x / 0 is 0
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,
  kAnd,
  kOr,
  kNot,
};

inline constexpr int kMaxExprBytes = 96;
inline constexpr int kMaxExprDepth = 12;

struct Expr {
  uint8_t code[kMaxExprBytes] = {};
  uint8_t size = 0;

  constexpr Expr() = default;
  // An integer where an expression is wanted.
  constexpr Expr(int64_t value) {  // NOLINT: implicit by design
    Push(static_cast<uint8_t>(ExprOp::kConst));
    for (int i = 0; i < 4; ++i) Push(static_cast<uint8_t>(static_cast<uint64_t>(value) >> (8 * i)));
  }
  constexpr Expr(int value) : Expr(static_cast<int64_t>(value)) {}  // NOLINT

  constexpr void Push(uint8_t b) { code[size++] = b; }  // past the end: not a constant expression, so a compile error
  constexpr void Append(const Expr& e) {
    for (int i = 0; i < e.size; ++i) Push(e.code[i]);
  }
};

constexpr Expr F(Feature f) {
  Expr e;
  e.Push(static_cast<uint8_t>(ExprOp::kFeature));
  e.Push(static_cast<uint8_t>(f));
  return e;
}

constexpr Expr Join(const Expr& a, const Expr& b, ExprOp op) {
  Expr e;
  e.Append(a);
  e.Append(b);
  e.Push(static_cast<uint8_t>(op));
  return e;
}

constexpr Expr operator+(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kAdd); }
constexpr Expr operator-(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kSub); }
constexpr Expr operator*(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kMul); }
constexpr Expr operator/(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kDiv); }
constexpr Expr operator==(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kEq); }
constexpr Expr operator!=(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kNe); }
constexpr Expr operator<(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kLt); }
constexpr Expr operator<=(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kLe); }
constexpr Expr operator>(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kGt); }
constexpr Expr operator>=(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kGe); }
constexpr Expr operator&&(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kAnd); }
constexpr Expr operator||(const Expr& a, const Expr& b) { return Join(a, b, ExprOp::kOr); }
constexpr Expr operator!(const Expr& a) {
  Expr e;
  e.Append(a);
  e.Push(static_cast<uint8_t>(ExprOp::kNot));
  return e;
}

// Value of `code`; `if_empty` where there is none. Malformed code gives INT64_MIN (it is part of the binary, not of a file).
int64_t Evaluate(const uint8_t* code, int size, const Key& key, int64_t if_empty);

}  // namespace adze
