// SPDX-License-Identifier: Apache-2.0
// The steps that importers of all formats share: functions, comparisons and choices, element by element.
#include <cmath>

#include "models/import/lowering.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/unary.h"

namespace adze::import {
namespace {

template <typename T>
Bytes OneNumber(double value) {
  return BytesOf(std::vector<T>{static_cast<T>(value)});
}

bool IsByte(DType t) { return t == DType::kI8 || t == DType::kU8; }

}  // namespace

void Lowering::RequireNumber(int value) const {
  const DType t = TypeOf(value);
  if (t == DType::kF32 || t == DType::kI32 || t == DType::kI64) return;
  throw NodeError(std::string("dtype ") + DTypeName(t) + " is not supported for this op; use float32, int32 or int64");
}

int Lowering::Number(DType dtype, double value) {
  Bytes data;
  switch (dtype) {
    case DType::kF32: data = OneNumber<float>(value); break;
    case DType::kI32: data = OneNumber<int32_t>(value); break;
    case DType::kI64: data = OneNumber<int64_t>(value); break;
    case DType::kI8: data = OneNumber<int8_t>(value); break;
    default: data = OneNumber<uint8_t>(value); break;
  }
  return Constant("number", dtype, {}, std::move(data));
}

int Lowering::Map(const char* op, int x) { return EmitPlain(op, x, TypeOf(x), DimsOf(x)); }

int Lowering::CastTo(int x, DType to) {
  const DType from = TypeOf(x);
  if (from == to) return x;
  const bool by_float = (from == DType::kF16 && to != DType::kF32) || (to == DType::kF16 && from != DType::kF32);
  return EmitPlain("cast", by_float ? EmitPlain("cast", x, DType::kF32, DimsOf(x)) : x, to, DimsOf(x));
}

std::vector<int> Lowering::AlignRanks(const std::vector<int>& operands) {
  size_t rank = 0;
  for (const int x : operands) rank = std::max(rank, DimsOf(x).size());
  std::vector<int> aligned;
  for (const int x : operands) {
    Dims dims(rank - DimsOf(x).size(), 1);
    const Dims own = DimsOf(x);
    dims.insert(dims.end(), own.begin(), own.end());
    aligned.push_back(Reshape(x, dims));
  }
  for (const int x : aligned) {
    for (const int y : aligned) {
      for (size_t d = 0; d < rank; ++d) {
        const int64_t dx = DimsOf(x)[d], dy = DimsOf(y)[d];
        if (dx == dy || dx == 1 || dy == 1) continue;
        throw ContradictionError("shapes " + DimsText(DimsOf(x)) + " and " + DimsText(DimsOf(y)) + " do not fit together");
      }
    }
  }
  return aligned;
}

int Lowering::Pair(const char* op, int a, int b) {
  if (TypeOf(a) != TypeOf(b)) throw ContradictionError(std::string("operands of ") + DTypeName(TypeOf(a)) + " and " + DTypeName(TypeOf(b)));
  const std::vector<int> aligned = AlignRanks({a, b});
  return EmitPair(op, aligned[0], aligned[1]);
}

int Lowering::Where(int condition, int a, int b) {
  if (TypeOf(condition) != DType::kBool) throw ContradictionError(std::string("the condition has dtype ") + DTypeName(TypeOf(condition)));
  if (TypeOf(a) != TypeOf(b)) throw ContradictionError(std::string("operands of ") + DTypeName(TypeOf(a)) + " and " + DTypeName(TypeOf(b)));
  return EmitWhere(AlignRanks({condition, a, b}), TypeOf(a));
}

// Bytes are compared as int32: no kernel of their own.
int Lowering::Compare(const char* op, int a, int b) {
  if (IsByte(TypeOf(a)) && IsByte(TypeOf(b))) {
    a = CastTo(a, DType::kI32);
    b = CastTo(b, DType::kI32);
  }
  if (TypeOf(a) == DType::kBool && std::string(op) != "equal" && std::string(op) != "not_equal") RequireNumber(a);
  if (TypeOf(a) != DType::kBool) RequireNumber(a);
  return Pair(op, a, b);
}

int Lowering::Not(int x) { return Pair("equal", x, Number(DType::kBool, 0)); }

int Lowering::ClampIntegers(int x, const ClampRange& range) {
  if (range.lo > -INFINITY) x = Binary("max", x, Number(TypeOf(x), static_cast<double>(range.lo)), {});
  if (range.hi < INFINITY) x = Binary("min", x, Number(TypeOf(x), static_cast<double>(range.hi)), {});
  return x;
}

// Against one constant number it is a clamp, which joins the layer before it.
int Lowering::Extreme(bool largest, int a, int b) {
  const std::pair<int, int> sides[] = {{a, b}, {b, a}};
  for (const auto& [x, bound] : sides) {
    if (TypeOf(x) != DType::kF32 || TypeOf(bound) != DType::kF32 || !IsConstant(bound) || IsConstant(x)) continue;
    if (builder_->At(bound).Elements() != 1 || RankOf(bound) > RankOf(x)) continue;
    const float v = FloatsOf(bound, "the bound")[0];
    if (std::isnan(v)) continue;
    return Clamp(x, largest ? ClampRange{v, INFINITY} : ClampRange{-INFINITY, v});
  }
  return Binary(largest ? "max" : "min", a, b, {});
}

// y = x < 0 ? alpha (e^x - 1) : x
int Lowering::Elu(int x, float alpha) { return Emit("elu", {x}, EluParams{alpha}); }

int Lowering::Times(int x, float factor) {
  return factor == 1 ? x : Binary("mul", x, Number(DType::kF32, static_cast<double>(factor)), {});
}

int Lowering::Rsqrt(int x) { return Divide(Number(DType::kF32, 1), Map("sqrt", x), {}); }

}  // namespace adze::import
