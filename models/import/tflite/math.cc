// SPDX-License-Identifier: Apache-2.0
// TFLite functions of one number, powers and rests.
#include "models/import/normalize.h"
#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

// y = f(x) of floats
void Function(TfliteNode& node, const char* op) { node.SetOutput(node.Map(op, node.FloatInput(0))); }

// ... and of integers that are not quantized
void NumberFunction(TfliteNode& node, const char* op) {
  const int x = node.Input(0);
  node.RequireNumber(x);
  node.SetOutput(node.Map(op, x));
}

void Square(TfliteNode& node) {
  const int x = node.Input(0);
  node.SetOutput(node.Binary("mul", x, x, {}));
}

void Rsqrt(TfliteNode& node) { node.SetOutput(node.Rsqrt(node.FloatInput(0))); }

void SquaredDifference(TfliteNode& node) {
  const int d = node.Subtract(node.Input(0), node.Input(1), {});
  node.SetOutput(node.Binary("mul", d, d, {}));
}

void NumberPair(TfliteNode& node, const char* op) {
  const int a = node.Input(0);
  node.RequireNumber(a);
  node.SetOutput(node.Pair(op, a, node.Input(1)));
}

// Of floats the quotient is rounded, which for large quotients is not the exact one, as in TFLite.
void FloorDiv(TfliteNode& node) {
  const int a = node.Input(0);
  if (node.TypeOf(a) != DType::kF32) return NumberPair(node, "floor_div");
  node.SetOutput(node.Map("floor", node.Binary("div", a, node.Input(1), {})));
}

void Gelu(TfliteNode& node) {
  const auto* options = node.OptionsOrNull<tflite::GeluOptions>();
  if (options != nullptr && options->approximate()) return node.SetOutput(TanhGelu(&node, node.FloatInput(0)));
  Function(node, "gelu");
}

}  // namespace

std::vector<TfliteOp> TfliteMathOps() {
  return {{101, "ABS", [](TfliteNode& n) { NumberFunction(n, "abs"); }},
          {59, "NEG", [](TfliteNode& n) { NumberFunction(n, "neg"); }},
          {158, "SIGN", [](TfliteNode& n) { NumberFunction(n, "sign"); }},
          {8, "FLOOR", [](TfliteNode& n) { Function(n, "floor"); }},
          {104, "CEIL", [](TfliteNode& n) { Function(n, "ceil"); }},
          {116, "ROUND", [](TfliteNode& n) { Function(n, "round"); }},
          {47, "EXP", [](TfliteNode& n) { Function(n, "exp"); }},
          {73, "LOG", [](TfliteNode& n) { Function(n, "log"); }},
          {66, "SIN", [](TfliteNode& n) { Function(n, "sin"); }},
          {108, "COS", [](TfliteNode& n) { Function(n, "cos"); }},
          {75, "SQRT", [](TfliteNode& n) { Function(n, "sqrt"); }},
          {76, "RSQRT", Rsqrt},
          {92, "SQUARE", Square},
          {99, "SQUARED_DIFFERENCE", SquaredDifference},
          {78, "POW", [](TfliteNode& n) { NumberPair(n, "pow"); }},
          {90, "FLOOR_DIV", FloorDiv},
          {95, "FLOOR_MOD", [](TfliteNode& n) { NumberPair(n, "mod"); }},
          {150, "GELU", Gelu}};
}

}  // namespace adze::import
