// SPDX-License-Identifier: Apache-2.0
// The steps that importers of all formats share: functions, comparisons and choices, element by element.
#include <cmath>

#include "models/import/lowering.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/unary.h"

namespace adze::import {
namespace {

bool IsOrder(const std::string& op) { return op != "equal" && op != "not_equal"; }

}  // namespace

int Lowering::Map(const char* op, int x) { return EmitPlain(op, x, TypeOf(x), DimsOf(x)); }

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

int Lowering::Compare(const char* op, int a, int b) {
  if (TypeOf(a) != TypeOf(b)) return Pair(op, a, b);  // refuses
  if (TypeOf(a) == DType::kU64) return Pair(op, OrderedBits(a), OrderedBits(b));
  a = CastTo(a, ArithmeticDType(TypeOf(a)));
  b = CastTo(b, TypeOf(a));
  if (TypeOf(a) != DType::kBool || IsOrder(op)) RequireNumber(a);
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
  if (TypeOf(a) == DType::kU64 && TypeOf(b) == DType::kU64)
    return FromOrderedBits(Binary(largest ? "max" : "min", OrderedBits(a), OrderedBits(b), {}));
  return Binary(largest ? "max" : "min", a, b, {});
}

// y = x < 0 ? alpha (e^x - 1) : x
int Lowering::Elu(int x, float alpha) { return Emit("elu", {x}, EluParams{alpha}); }

int Lowering::Times(int x, float factor) {
  return factor == 1 ? x : Binary("mul", x, Number(DType::kF32, static_cast<double>(factor)), {});
}

int Lowering::Rsqrt(int x) { return Divide(Number(DType::kF32, 1), Map("sqrt", x), {}); }

}  // namespace adze::import
