// SPDX-License-Identifier: Apache-2.0
// TFLite ops that work element by element, and SOFTMAX.
#include <cmath>

#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

template <typename Options>
ClampRange RangeOf(const TfliteNode& node) {
  const auto* o = node.OptionsOrNull<Options>();
  return o == nullptr ? ClampRange{} : ActivationRange(o->activation());
}

void Add(TfliteNode& node) {
  const ClampRange range = RangeOf<tflite::AddOptions>(node);
  const int a = node.FloatInput(0);
  node.SetOutput(node.Binary("add", a, node.FloatInput(1), range));
}

void Mul(TfliteNode& node) {
  const ClampRange range = RangeOf<tflite::MulOptions>(node);
  const int a = node.FloatInput(0);
  node.SetOutput(node.Binary("mul", a, node.FloatInput(1), range));
}

void Sub(TfliteNode& node) {
  const ClampRange range = RangeOf<tflite::SubOptions>(node);
  const int a = node.FloatInput(0);
  node.SetOutput(node.Subtract(a, node.FloatInput(1), range));
}

void Div(TfliteNode& node) {
  const ClampRange range = RangeOf<tflite::DivOptions>(node);
  const int a = node.FloatInput(0);
  node.SetOutput(node.Divide(a, node.FloatInput(1), range));
}

void Relu(TfliteNode& node) { node.SetOutput(node.Clamp(node.FloatInput(0), {0, INFINITY})); }
void Relu6(TfliteNode& node) { node.SetOutput(node.Clamp(node.FloatInput(0), {0, 6})); }
void ReluN1To1(TfliteNode& node) { node.SetOutput(node.Clamp(node.FloatInput(0), {-1, 1})); }

void Logistic(TfliteNode& node) {
  const int x = node.FloatInput(0);
  node.SetOutput(node.EmitPlain("sigmoid", x, DType::kF32, node.DimsOf(x)));
}

void HardSwish(TfliteNode& node) {
  const int x = node.FloatInput(0);
  node.SetOutput(node.EmitPlain("hard_swish", x, DType::kF32, node.DimsOf(x)));
}

void Tanh(TfliteNode& node) {
  const int x = node.FloatInput(0);
  node.SetOutput(node.EmitPlain("tanh", x, DType::kF32, node.DimsOf(x)));
}

void Softmax(TfliteNode& node) {
  const float beta = node.Options<tflite::SoftmaxOptions>().beta();
  if (!std::isfinite(beta)) throw NodeError("beta is not finite");
  const int x = node.FloatInput(0);
  if (node.RankOf(x) < 1) throw ContradictionError("the input is a scalar");
  node.SetOutput(node.SoftmaxOver(x, node.RankOf(x) - 1, beta));
}

}  // namespace

std::vector<TfliteOp> TfliteElementwiseOps() {
  return {{0, "ADD", Add},
          {18, "MUL", Mul},
          {41, "SUB", Sub},
          {42, "DIV", Div},
          {28, "TANH", Tanh},
          {19, "RELU", Relu},
          {20, "RELU_N1_TO_1", ReluN1To1},
          {21, "RELU6", Relu6},
          {14, "LOGISTIC", Logistic},
          {117, "HARD_SWISH", HardSwish},
          {25, "SOFTMAX", Softmax}};
}

}  // namespace adze::import
