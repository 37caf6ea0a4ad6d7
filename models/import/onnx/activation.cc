// SPDX-License-Identifier: Apache-2.0
// ONNX activations: a kernel where models spend time in it, else the formula of the op's definition in Adze's ops.
#include <cmath>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

void Relu(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  const int x = node.Input(0);
  if (node.TypeOf(x) == DType::kF32) return node.SetOutput(node.Clamp(x, {0, INFINITY}));
  const int wide = node.WholeInput(0);
  node.SetOutput(node.CastTo(node.Binary("max", wide, node.Number(node.TypeOf(wide), 0), {}), node.TypeOf(x)));
}

void Sigmoid(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  node.SetOutput(node.Map("sigmoid", node.FloatInput(0)));
}

void HardSwish(OnnxNode& node) { node.SetOutput(node.Map("hard_swish", node.FloatInput(0))); }

// As a multiplication and an addition, which move into the weights of a layer before it.
void HardSigmoid(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  const float alpha = node.FloatAttribute("alpha", 0.2f), beta = node.FloatAttribute("beta", 0.5f);
  const int scaled = node.Binary("mul", node.FloatInput(0), node.FloatConstant("alpha", {}, {alpha}), {});
  node.SetOutput(node.Binary("add", scaled, node.FloatConstant("beta", {}, {beta}), {0, 1}));
}

void LeakyRelu(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  const float alpha = node.FloatAttribute("alpha", 0.01f);
  node.SetOutput(node.Pair("prelu", node.FloatInput(0), node.FloatConstant("alpha", {}, {alpha})));
}

// The slope widens to x, never x to the slope. Before opset 7 a slope of one dim was per channel.
void PRelu(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  const int x = node.FloatInput(0);
  int slope = node.FloatInput(1);
  const Dims dims = node.DimsOf(x);
  if (node.opset() < 7 && node.RankOf(slope) == 1 && dims.size() > 2) {
    Dims channels = node.DimsOf(slope);
    channels.resize(dims.size() - 1, 1);
    slope = node.Reshape(slope, channels);
  }
  const int y = node.Pair("prelu", x, slope);
  if (node.DimsOf(y) != dims)
    throw ContradictionError("the slope's shape " + DimsText(node.DimsOf(slope)) + " does not fit " + DimsText(dims));
  node.SetOutput(y);
}

void Elu(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  node.SetOutput(node.Elu(node.FloatInput(0), node.FloatAttribute("alpha", 1.0f)));
}

// gamma * elu
void Selu(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  const float alpha = node.FloatAttribute("alpha", 1.67326319f), gamma = node.FloatAttribute("gamma", 1.05070102f);
  node.SetOutput(node.Times(node.Elu(node.FloatInput(0), alpha), gamma));
}

// alpha * elu(x / alpha)
void Celu(OnnxNode& node) {
  const float alpha = node.FloatAttribute("alpha", 1.0f);
  if (!(alpha > 0)) throw NodeError("attribute alpha is " + std::to_string(alpha) + "; it must be above 0");
  node.SetOutput(node.Times(node.Elu(node.Times(node.FloatInput(0), 1 / alpha), 1), alpha));
}

void Softplus(OnnxNode& node) { node.SetOutput(node.Map("softplus", node.FloatInput(0))); }

// x / (1 + |x|)
void Softsign(OnnxNode& node) {
  const int x = node.FloatInput(0);
  node.SetOutput(node.Divide(x, node.Binary("add", node.Map("abs", x), node.Number(DType::kF32, 1), {}), {}));
}

// x tanh(softplus(x))
void Mish(OnnxNode& node) {
  const int x = node.FloatInput(0);
  node.SetOutput(node.Binary("mul", x, node.Map("tanh", node.Map("softplus", x)), {}));
}

// x where it is above alpha, else 0
void ThresholdedRelu(OnnxNode& node) {
  const double alpha = static_cast<double>(node.FloatAttribute("alpha", 1.0f));
  const int x = node.FloatInput(0);
  node.SetOutput(node.Where(node.Compare("less", node.Number(DType::kF32, alpha), x), x, node.Number(DType::kF32, 0)));
}

// x + bias below -lambd, x - bias above lambd, else 0
void Shrink(OnnxNode& node) {
  const double bias = static_cast<double>(node.FloatAttribute("bias", 0)), edge = static_cast<double>(node.FloatAttribute("lambd", 0.5f));
  const int x = node.FloatInput(0);
  const int above = node.Binary("add", x, node.Number(DType::kF32, -bias), {}),
            below = node.Binary("add", x, node.Number(DType::kF32, bias), {});
  const int upper = node.Where(node.Compare("less", node.Number(DType::kF32, edge), x), above, node.Number(DType::kF32, 0));
  node.SetOutput(node.Where(node.Compare("less", x, node.Number(DType::kF32, -edge)), below, upper));
}

}  // namespace

std::vector<OnnxOp> OnnxActivationOps() {
  return {{"Relu", Relu},
          {"Sigmoid", Sigmoid},
          {"HardSwish", HardSwish},
          {"HardSigmoid", HardSigmoid},
          {"LeakyRelu", LeakyRelu},
          {"PRelu", PRelu},
          {"Elu", Elu},
          {"Selu", Selu},
          {"Celu", Celu},
          {"Softplus", Softplus},
          {"Softsign", Softsign},
          {"Mish", Mish},
          {"ThresholdedRelu", ThresholdedRelu},
          {"Shrink", Shrink}};
}

}  // namespace adze::import
