// SPDX-License-Identifier: Apache-2.0
// TFLite arithmetic and activations element by element, and softmaxes.
#include <cmath>

#include "models/import/normalize.h"
#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

template <typename Options>
ClampRange RangeOf(const TfliteNode& node) {
  const auto* o = node.OptionsOrNull<Options>();
  return o == nullptr ? ClampRange{} : ActivationRange(o->activation());
}

// Floats, or integers that are not quantized.
int NumberInput(TfliteNode& node, int i) {
  const int x = node.Input(i);
  node.RequireNumber(x);
  return x;
}

void Add(TfliteNode& node) {
  const ClampRange range = RangeOf<tflite::AddOptions>(node);
  const int a = NumberInput(node, 0);
  node.SetOutput(node.Binary("add", a, NumberInput(node, 1), range));
}

void Mul(TfliteNode& node) {
  const ClampRange range = RangeOf<tflite::MulOptions>(node);
  const int a = NumberInput(node, 0);
  node.SetOutput(node.Binary("mul", a, NumberInput(node, 1), range));
}

void Sub(TfliteNode& node) {
  const ClampRange range = RangeOf<tflite::SubOptions>(node);
  const int a = NumberInput(node, 0);
  node.SetOutput(node.Subtract(a, NumberInput(node, 1), range));
}

void Div(TfliteNode& node) {
  const ClampRange range = RangeOf<tflite::DivOptions>(node);
  const int a = NumberInput(node, 0);
  node.SetOutput(node.Divide(a, NumberInput(node, 1), range));
}

void AddN(TfliteNode& node) {
  int y = NumberInput(node, 0);
  for (int i = 1; i < node.InputCount(); ++i) y = node.Binary("add", y, NumberInput(node, i), {});
  node.SetOutput(y);
}

void Maximum(TfliteNode& node) { node.SetOutput(node.Extreme(true, NumberInput(node, 0), NumberInput(node, 1))); }
void Minimum(TfliteNode& node) { node.SetOutput(node.Extreme(false, NumberInput(node, 0), NumberInput(node, 1))); }

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

void Relu0To1(TfliteNode& node) { node.SetOutput(node.Clamp(node.FloatInput(0), {0, 1})); }

void LeakyRelu(TfliteNode& node) {
  const float alpha = node.Options<tflite::LeakyReluOptions>().alpha();
  node.SetOutput(node.Pair("prelu", node.FloatInput(0), node.FloatConstant("alpha", {}, {alpha})));
}

void Prelu(TfliteNode& node) { node.SetOutput(node.Pair("prelu", node.FloatInput(0), node.FloatInput(1))); }
void Elu(TfliteNode& node) { node.SetOutput(node.Elu(node.FloatInput(0), 1)); }

void Softmax(TfliteNode& node) {
  const float beta = node.Options<tflite::SoftmaxOptions>().beta();
  if (!std::isfinite(beta)) throw NodeError("beta is not finite");
  const int x = node.FloatInput(0);
  if (node.RankOf(x) < 1) throw ContradictionError("the input is a scalar");
  node.SetOutput(node.SoftmaxOver(x, node.RankOf(x) - 1, beta));
}

void LogSoftmax(TfliteNode& node) {
  const int x = node.FloatInput(0);
  if (node.RankOf(x) < 1) throw ContradictionError("the input is a scalar");
  node.SetOutput(node.LogSoftmaxOver(x, node.RankOf(x) - 1));
}

constexpr float kLeastLength = 1e-6f;

void L2Normalization(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::L2NormOptions>();
  const ClampRange range = o == nullptr ? ClampRange{} : ActivationRange(o->activation());
  const int x = node.FloatInput(0);
  if (node.RankOf(x) < 1) throw ContradictionError("the input is a scalar");
  node.SetOutput(node.Clamp(DivideByLength(&node, x, {node.RankOf(x) - 1}, kLeastLength), range));
}

// The window's sum, not its mean, is multiplied by alpha.
void LocalResponseNormalization(TfliteNode& node) {
  const auto& o = node.Options<tflite::LocalResponseNormalizationOptions>();
  const int x = node.FloatInput(0);
  const Dims dims = node.DimsOf(x);
  if (dims.size() != 4) throw ContradictionError("the input has shape " + DimsText(dims) + "; it must have rank 4");
  if (o.radius() < 0 || o.radius() > 1 << 16) throw NodeError("the radius is " + std::to_string(o.radius()));
  const auto size = static_cast<float>(2 * o.radius() + 1);
  const int rows = node.Reshape(x, {ProductOf(dims, 0, 3), dims[3], 1});
  node.SetOutput(node.Reshape(LocalResponse(&node, rows, {o.radius(), o.radius(), o.alpha() * size, o.beta(), o.bias()}), dims));
}

}  // namespace

std::vector<TfliteOp> TfliteElementwiseOps() {
  return {{0, "ADD", Add},
          {18, "MUL", Mul},
          {41, "SUB", Sub},
          {42, "DIV", Div},
          {106, "ADD_N", AddN},
          {55, "MAXIMUM", Maximum},
          {57, "MINIMUM", Minimum},
          {28, "TANH", Tanh},
          {19, "RELU", Relu},
          {20, "RELU_N1_TO_1", ReluN1To1},
          {21, "RELU6", Relu6},
          {152, "RELU_0_TO_1", Relu0To1},
          {98, "LEAKY_RELU", LeakyRelu},
          {54, "PRELU", Prelu},
          {111, "ELU", Elu},
          {14, "LOGISTIC", Logistic},
          {117, "HARD_SWISH", HardSwish},
          {25, "SOFTMAX", Softmax},
          {50, "LOG_SOFTMAX", LogSoftmax},
          {11, "L2_NORMALIZATION", L2Normalization},
          {13, "LOCAL_RESPONSE_NORMALIZATION", LocalResponseNormalization}};
}

}  // namespace adze::import
