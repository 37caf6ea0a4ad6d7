// SPDX-License-Identifier: Apache-2.0
// ONNX functions of one float: Pow, Sqrt, Reciprocal, Erf, Tanh, Gelu. Of a constant they are computed at import: exporters write scales
// as roots of shapes.
#include <cmath>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

int Apply(OnnxNode& node, int x, const char* op, float (*f)(float)) {
  if (!node.IsConstant(x)) return node.EmitPlain(op, x, DType::kF32, node.DimsOf(x));
  CheckFolded(node.DimsOf(x), DType::kF32);
  std::vector<float> v = node.FloatsOf(x, "the input");
  for (float& e : v) e = f(e);
  return node.FloatConstant(op, node.DimsOf(x), v);
}

float SqrtOf(float x) { return std::sqrt(x); }
float ErfOf(float x) { return std::erf(x); }
float TanhOf(float x) { return std::tanh(x); }

int SquareRoot(OnnxNode& node, int x) { return Apply(node, x, "sqrt", SqrtOf); }

int Inverse(OnnxNode& node, int x) {
  const int one = node.FloatConstant("one", {}, {1.0f});
  return node.IsConstant(x) ? FoldBinary(node, "Div", one, x) : node.Divide(one, x, {});
}

int Product(OnnxNode& node, int a, int b) { return node.IsConstant(a) ? FoldBinary(node, "Mul", a, b) : node.Binary("mul", a, b, {}); }

void Sqrt(OnnxNode& node) { node.SetOutput(SquareRoot(node, node.FloatInput(0))); }
void Reciprocal(OnnxNode& node) { node.SetOutput(Inverse(node, node.FloatInput(0))); }
void Erf(OnnxNode& node) { node.SetOutput(Apply(node, node.FloatInput(0), "erf", ErfOf)); }
void Tanh(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  node.SetOutput(Apply(node, node.FloatInput(0), "tanh", TanhOf));
}

// Exponents of whole numbers and halves up to 4, which is what networks raise things to.
void Pow(OnnxNode& node) {
  node.IgnoreAttributes({"axis", "broadcast"});  // of opset 1; a single exponent fits any shape
  const int x = node.FloatInput(0);
  const int y = node.ConstantInput(1, "the exponent");
  const std::vector<float> exponents = node.TypeOf(y) == DType::kF32 ? node.FloatsOf(y, "the exponent") : std::vector<float>();
  float exponent = 0;
  if (exponents.empty()) {
    const std::vector<int64_t> whole = node.IntsOf(y, "the exponent");
    if (whole.size() != 1) throw NodeError("the exponent must be one number");
    exponent = static_cast<float>(whole[0]);
  } else {
    if (exponents.size() != 1) throw NodeError("the exponent must be one number");
    exponent = exponents[0];
  }
  const float magnitude = std::fabs(exponent);
  const int count = static_cast<int>(std::fmin(magnitude, 5.0f));
  const bool half = magnitude - std::floor(magnitude) == 0.5f;
  if (!(magnitude <= 4) || magnitude == 0 || (magnitude != static_cast<float>(count) && !half)) {
    throw NodeError("the exponent " + std::to_string(exponent) + " is not supported; use 0.5, 1, 1.5 .. 4 or their negatives");
  }
  int power = half ? SquareRoot(node, x) : x;
  for (int i = half ? 0 : 1; i < count; ++i) power = Product(node, power, x);
  node.SetOutput(exponent < 0 ? Inverse(node, power) : power);
}

// tanh form: x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
int TanhGelu(OnnxNode& node, int x) {
  const auto times = [&](int a, float f) { return node.Binary("mul", a, node.FloatConstant("factor", {}, {f}), {}); };
  const auto plus_one = [&](int a) { return node.Binary("add", a, node.FloatConstant("one", {}, {1.0f}), {}); };
  const int inner = node.Binary("mul", x, plus_one(times(node.Binary("mul", x, x, {}), 0.044715f)), {});
  const int tanh = node.EmitPlain("tanh", times(inner, 0.797884561f), DType::kF32, node.DimsOf(x));
  return node.Binary("mul", times(x, 0.5f), plus_one(tanh), {});
}

void Gelu(OnnxNode& node) {
  const std::string approximate = node.StringAttribute("approximate", "none");
  const int x = node.FloatInput(0);
  if (approximate == "tanh") return node.SetOutput(TanhGelu(node, x));
  if (approximate != "none") throw NodeError("attribute approximate has the value " + Quoted(approximate) + "; use none or tanh");
  node.SetOutput(node.EmitPlain("gelu", x, DType::kF32, node.DimsOf(x)));
}

}  // namespace

std::vector<OnnxOp> OnnxMathOps() {
  return {{"Pow", Pow}, {"Sqrt", Sqrt}, {"Reciprocal", Reciprocal}, {"Erf", Erf}, {"Tanh", Tanh}, {"Gelu", Gelu}};
}

}  // namespace adze::import
