// SPDX-License-Identifier: Apache-2.0
// ONNX Conv of one to three spatial dims and any group count, and com.microsoft's FusedConv.
#include <cmath>

#include "models/import/onnx/window_attributes.h"

namespace adze::import {
namespace {

void CheckWeights(const Dims& x, const Dims& w, int64_t groups) {
  if (w.size() != x.size())
    throw ContradictionError("the weights have shape " + DimsText(w) + "; they must be [M, C / group, kernel...] for an input of shape " +
                             DimsText(x));
  if (groups < 1 || groups > x[1] || x[1] % groups != 0 || w[1] != x[1] / groups || w[0] < 1 || w[0] % groups != 0) {
    throw ContradictionError("weights of shape " + DimsText(w) + " and group " + std::to_string(groups) + " do not fit an input of shape " +
                             DimsText(x));
  }
}

int Convolution(OnnxNode& node) {
  WindowAttributes a = ReadWindowAttributes(node);
  const int64_t groups = node.IntAttribute("group", 1);
  const int x = WindowInput(node, 0);
  const size_t spatial = SpatialRank(node, x);
  CompleteAttributes(&a, spatial);
  const int weights = node.ConstantInput(1, "the weights");
  const Dims dx = node.DimsOf(x), dw = node.DimsOf(weights);
  CheckWeights(dx, dw, groups);
  const std::vector<int64_t> kernel(dw.begin() + 2, dw.end());
  if (!a.kernel.empty() && a.kernel != kernel) {
    throw ContradictionError("kernel_shape " + DimsText(a.kernel) + " differs from the weights' shape " + DimsText(dw));
  }
  const Windows w = AtLeastTwo(PlaceWindows(a, dx, kernel));
  const int bias = node.HasInput(2) ? node.ConstantInput(2, "the bias") : -1;
  const int y = Convolve(node, ChannelsLast(node, x), ChannelsLast(node, weights), bias, w, groups, {});
  return ChannelsSecond(node, y, spatial);
}

void Conv(OnnxNode& node) { node.SetOutput(Convolution(node)); }

int Activate(OnnxNode& node, int x, const std::string& name, const std::vector<float>& params) {
  const auto number = [&](size_t i) {
    if (i >= params.size()) throw DamageError("activation_params holds " + std::to_string(params.size()) + " numbers, too few for " + name);
    return params[i];
  };
  if (name.empty()) return x;
  if (name == "Relu") return node.Clamp(x, {0, INFINITY});
  if (name == "Clip") return node.Clamp(x, {number(0), number(1)});
  if (name == "Sigmoid") return node.Map("sigmoid", x);
  if (name == "Tanh") return node.Map("tanh", x);
  if (name == "LeakyRelu") return node.Pair("prelu", x, node.Number(DType::kF32, static_cast<double>(number(0))));
  if (name == "HardSigmoid") {
    const int scaled = node.Times(x, number(0));
    return node.Binary("add", scaled, node.Number(DType::kF32, static_cast<double>(number(1))), {0, 1});
  }
  throw NodeError("attribute activation has the value " + Quoted(name) + "; use Relu, Clip, Sigmoid, Tanh, LeakyRelu or HardSigmoid");
}

// activation(Conv(X, W, B) + Z)
void FusedConv(OnnxNode& node) {
  const std::string activation = node.StringAttribute("activation", "");
  const std::vector<float> params = node.FloatsAttribute("activation_params");
  int y = Convolution(node);
  if (node.HasInput(3)) {
    const int z = node.FloatInput(3);
    if (node.DimsOf(z) != node.DimsOf(y))
      throw ContradictionError("Z has shape " + DimsText(node.DimsOf(z)) + " where the convolution gives " + DimsText(node.DimsOf(y)));
    y = node.Binary("add", y, z, {});
  }
  node.SetOutput(Activate(node, y, activation, params));
}

}  // namespace

std::vector<OnnxOp> OnnxConvOps() { return {{"Conv", Conv}, {"com.microsoft.FusedConv", FusedConv}}; }

}  // namespace adze::import
