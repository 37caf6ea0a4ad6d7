// SPDX-License-Identifier: Apache-2.0
// The steps that importers of all formats share: from one element type to another. Arithmetic is that of float32, int32 and int64, and for sums,
// products, extremes and comparisons float64, whose functions are computed in float32. Narrower integers and uint32 are computed in a wider type, of
// which the low bits are the same, and uint64 in int64, with what unsigned order makes different written out.
#include <limits>

#include "models/import/lowering.h"

namespace adze::import {
namespace {

template <typename T>
Bytes OneNumber(double value) {
  return BytesOf(std::vector<T>{static_cast<T>(value)});
}

// The dtype with which casts exchange `t`, besides float32.
DType Neighbour(DType t) {
  if (InsideDType(t) != t) return DType::kF32;
  if (t == DType::kI16 || t == DType::kU16) return DType::kI32;
  if (t == DType::kF64) return DType::kF32;
  return t == DType::kU32 || t == DType::kU64 ? DType::kI64 : t;
}

}  // namespace

DType InsideDType(DType t) { return t == DType::kF16 || t == DType::kBF16 ? DType::kF32 : t; }

DType ArithmeticDType(DType t) {
  switch (t) {
    case DType::kI8:
    case DType::kU8:
    case DType::kI16:
    case DType::kU16: return DType::kI32;
    case DType::kU32: return DType::kI64;
    default: return t;
  }
}

void Lowering::RequireNumber(int value) const {
  const DType t = TypeOf(value);
  if (t == DType::kF32 || t == DType::kF64 || t == DType::kI32 || t == DType::kI64) return;
  throw NodeError(std::string("dtype ") + DTypeName(t) + " is not supported for this op; use float32, int32 or int64");
}

int Lowering::AsFloat(int x) {
  if (TypeOf(x) != DType::kF64) return x;
  if (const int known = builder_->KnownFloat(x); known >= 0) return known;
  const int narrow = CastTo(x, DType::kF32);
  builder_->SetKnownFloat(x, narrow);
  return narrow;
}

int Lowering::AsDouble(int x) {
  const int wide = CastTo(x, DType::kF64);
  if (TypeOf(x) == DType::kF32) builder_->SetKnownFloat(wide, x);
  return wide;
}

int Lowering::Number(DType dtype, double value) {
  Bytes data;
  switch (dtype) {
    case DType::kF32: data = OneNumber<float>(value); break;
    case DType::kF64: data = OneNumber<double>(value); break;
    case DType::kI32: data = OneNumber<int32_t>(value); break;
    case DType::kU32: data = OneNumber<uint32_t>(value); break;
    case DType::kI64: data = OneNumber<int64_t>(value); break;
    case DType::kU64: data = OneNumber<uint64_t>(value); break;
    case DType::kI16: data = OneNumber<int16_t>(value); break;
    case DType::kU16: data = OneNumber<uint16_t>(value); break;
    case DType::kI8: data = OneNumber<int8_t>(value); break;
    default: data = OneNumber<uint8_t>(value); break;
  }
  return Constant("number", dtype, {}, std::move(data));
}

int Lowering::CastTo(int x, DType to) {
  const DType from = TypeOf(x);
  if (from == to) return x;
  const bool to_real = InsideDType(to) == DType::kF32;
  const bool exact = (from == DType::kF64 && (to == DType::kI32 || to == DType::kI64 || to == DType::kBool)) ||
                     (to == DType::kF64 && (from == DType::kI32 || from == DType::kI64));
  if (exact || to == DType::kF32 || Neighbour(from) == to || Neighbour(to) == from || (from == DType::kF32 && !to_real) ||
      (from == DType::kF32 && to == DType::kF64))
    return EmitPlain("cast", x, to, DimsOf(x));
  if (Neighbour(from) == from && Neighbour(to) == to) return EmitPlain("cast", x, to, DimsOf(x));
  if (to_real || Neighbour(from) == from) return CastTo(CastTo(x, Neighbour(to)), to);
  return CastTo(CastTo(x, Neighbour(from)), to);
}

namespace {
constexpr double kTopBit = -9223372036854775808.0;
}

int Lowering::OrderedBits(int x) { return Pair("bitwise_xor", CastTo(x, DType::kI64), Number(DType::kI64, kTopBit)); }
int Lowering::FromOrderedBits(int x) { return CastTo(Pair("bitwise_xor", x, Number(DType::kI64, kTopBit)), DType::kU64); }

// One step by a signed shift whose sign is cut off, the rest by division of what is not negative then. 2^k wraps to 0 from 64 on, and x / 0 is 0.
int Lowering::ShiftRightUnsigned(int x, int shift) {
  const int wide = CastTo(x, DType::kI64), by = CastTo(shift, DType::kI64);
  const int no_sign = Constant("no_sign", DType::kI64, {}, BytesOf(std::vector<int64_t>{std::numeric_limits<int64_t>::max()}));
  const int half = Pair("bitwise_and", Pair("floor_div", wide, Number(DType::kI64, 2)), no_sign);
  const int power = Pair("pow", Number(DType::kI64, 2), Binary("sub", by, Number(DType::kI64, 1), {}));
  const int moved = Where(Compare("equal", by, Number(DType::kI64, 0)), wide, Binary("div", half, power, {}));
  return CastTo(moved, DType::kU64);
}

// With x = a / 2 not negative: q = 2 (x / b) is the quotient or 1 short of it. A divisor of 2^63 or more, negative as int64, goes once or not at all.
int Lowering::DivideUnsigned(int a, int b) {
  const int zero = Number(DType::kI64, 0), one = Number(DType::kI64, 1);
  const int n = CastTo(a, DType::kI64), d = CastTo(b, DType::kI64);
  const int half = CastTo(ShiftRightUnsigned(a, one), DType::kI64);
  const int near = Binary("mul", Binary("div", half, d, {}), Number(DType::kI64, 2), {});
  const int rest = Binary("sub", n, Binary("mul", near, d, {}), {});
  const int fits = Compare("less_equal", OrderedBits(CastTo(d, DType::kU64)), OrderedBits(CastTo(rest, DType::kU64)));
  const int small = Binary("add", near, CastTo(fits, DType::kI64), {});
  const int large = CastTo(Compare("less_equal", OrderedBits(b), OrderedBits(a)), DType::kI64);
  const int quotient = Where(Compare("less", d, zero), large, small);
  return CastTo(Where(Compare("equal", d, zero), zero, quotient), DType::kU64);
}

int Lowering::RestUnsigned(int a, int b) {
  const int n = CastTo(a, DType::kI64), d = CastTo(b, DType::kI64);
  const int rest = Binary("sub", n, Binary("mul", CastTo(DivideUnsigned(a, b), DType::kI64), d, {}), {});
  const int zero = Number(DType::kI64, 0);
  return CastTo(Where(Compare("equal", d, zero), zero, rest), DType::kU64);
}

}  // namespace adze::import
