// SPDX-License-Identifier: Apache-2.0
// ONNX functions of one number, powers and rests.
#include <cmath>

#include "models/import/normalize.h"
#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

int SquareRoot(OnnxNode& node, int x) { return node.Map("sqrt", x); }

int Inverse(OnnxNode& node, int x) {
  const int one = node.FloatConstant("one", {}, {1.0f});
  return node.IsConstant(x) ? FoldBinary(node, "Div", one, x) : node.Divide(one, x, {});
}

int Product(OnnxNode& node, int a, int b) { return node.IsConstant(a) ? FoldBinary(node, "Mul", a, b) : node.Binary("mul", a, b, {}); }

void Sqrt(OnnxNode& node) { node.SetOutput(SquareRoot(node, node.FloatInput(0))); }
void Reciprocal(OnnxNode& node) { node.SetOutput(Inverse(node, node.FloatInput(0))); }

// y = f(x) of floats
void Function(OnnxNode& node, const char* op) {
  node.IgnoreAttributes({"consumed_inputs"});
  node.SetOutput(node.Map(op, node.FloatInput(0)));
}

// ... and of integers, int8 and uint8 by way of int32
void NumberFunction(OnnxNode& node, const char* op) {
  node.IgnoreAttributes({"consumed_inputs"});
  const DType dtype = node.TypeOf(node.Input(0));
  const int x = node.WholeInput(0);
  node.RequireNumber(x);
  node.SetOutput(node.CastTo(node.Map(op, x), dtype));
}

// Exponents of whole numbers and halves up to 4, which is what networks raise things to: products, roots and inverses.
int SmallPower(OnnxNode& node, int x, float exponent) {
  const float magnitude = std::fabs(exponent);
  const int count = static_cast<int>(magnitude);
  const bool half = magnitude != static_cast<float>(count);
  int power = half ? SquareRoot(node, x) : x;
  for (int i = half ? 0 : 1; i < count; ++i) power = Product(node, power, x);
  return exponent < 0 ? Inverse(node, power) : power;
}

bool IsSmallPower(float exponent) {
  const float magnitude = std::fabs(exponent);
  return magnitude > 0 && magnitude <= 4 && 2 * magnitude == std::floor(2 * magnitude);
}

// The result has x's dtype. An exponent of another dtype is converted, unless x is whole and it is not: then both are floats.
void Pow(OnnxNode& node) {
  node.IgnoreAttributes({"axis", "broadcast"});  // of opset 1; a single exponent fits any shape
  const DType dtype = node.TypeOf(node.Input(0));
  int x = node.WholeInput(0), y = node.WholeInput(1);
  if (node.TypeOf(y) == DType::kU64 && dtype != DType::kU64) y = node.CastTo(y, node.TypeOf(x));
  node.RequireNumber(x);
  node.RequireNumber(y);
  const DType common = node.TypeOf(y) == DType::kF32 ? DType::kF32 : node.TypeOf(x);
  x = node.CastTo(x, common);
  y = node.CastTo(y, common);
  if (common == DType::kF32 && node.IsConstant(y) && !node.IsConstant(x) && node.builder().At(y).Elements() == 1) {
    const float exponent = node.FloatsOf(y, "the exponent")[0];
    if (IsSmallPower(exponent) && node.RankOf(y) <= node.RankOf(x))
      return node.SetOutput(node.CastTo(SmallPower(node, x, exponent), dtype));
  }
  node.SetOutput(node.CastTo(node.Pair("pow", x, y), dtype));
}

// The rest has the sign of the divisor, with fmod that of the dividend.
void Mod(OnnxNode& node) {
  const bool fmod = node.IntAttribute("fmod", 0) != 0;
  const DType dtype = node.TypeOf(node.Input(0));
  if (dtype == DType::kU64) return node.SetOutput(node.RestUnsigned(node.Input(0), node.Input(1)));
  const int a = node.WholeInput(0), b = node.WholeInput(1);
  node.RequireNumber(a);
  if (dtype == DType::kF32 && !fmod) throw DamageError("a rest of floats needs fmod = 1");
  node.SetOutput(node.CastTo(node.Pair(fmod ? "fmod" : "mod", a, b), dtype));
}

void Gelu(OnnxNode& node) {
  const std::string approximate = node.StringAttribute("approximate", "none");
  const int x = node.FloatInput(0);
  if (approximate == "tanh") return node.SetOutput(TanhGelu(&node, x));
  if (approximate != "none") throw NodeError("attribute approximate has the value " + Quoted(approximate) + "; use none or tanh");
  node.SetOutput(node.EmitPlain("gelu", x, DType::kF32, node.DimsOf(x)));
}

}  // namespace

std::vector<OnnxOp> OnnxMathOps() {
  return {{"Pow", Pow},
          {"Mod", Mod},
          {"Sqrt", Sqrt},
          {"Reciprocal", Reciprocal},
          {"Gelu", Gelu},
          {"Abs", [](OnnxNode& n) { NumberFunction(n, "abs"); }},
          {"Neg", [](OnnxNode& n) { NumberFunction(n, "neg"); }},
          {"Sign", [](OnnxNode& n) { NumberFunction(n, "sign"); }},
          {"Acos", [](OnnxNode& n) { Function(n, "acos"); }},
          {"Acosh", [](OnnxNode& n) { Function(n, "acosh"); }},
          {"Asin", [](OnnxNode& n) { Function(n, "asin"); }},
          {"Asinh", [](OnnxNode& n) { Function(n, "asinh"); }},
          {"Atan", [](OnnxNode& n) { Function(n, "atan"); }},
          {"Atanh", [](OnnxNode& n) { Function(n, "atanh"); }},
          {"Ceil", [](OnnxNode& n) { Function(n, "ceil"); }},
          {"Cos", [](OnnxNode& n) { Function(n, "cos"); }},
          {"Cosh", [](OnnxNode& n) { Function(n, "cosh"); }},
          {"Erf", [](OnnxNode& n) { Function(n, "erf"); }},
          {"Exp", [](OnnxNode& n) { Function(n, "exp"); }},
          {"Floor", [](OnnxNode& n) { Function(n, "floor"); }},
          {"Log", [](OnnxNode& n) { Function(n, "log"); }},
          {"Round", [](OnnxNode& n) { Function(n, "round"); }},
          {"Sin", [](OnnxNode& n) { Function(n, "sin"); }},
          {"Sinh", [](OnnxNode& n) { Function(n, "sinh"); }},
          {"Tan", [](OnnxNode& n) { Function(n, "tan"); }},
          {"Tanh", [](OnnxNode& n) { Function(n, "tanh"); }}};
}

}  // namespace adze::import
