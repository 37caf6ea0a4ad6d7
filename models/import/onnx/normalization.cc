// SPDX-License-Identifier: Apache-2.0
// ONNX BatchNormalization (a multiplication and an addition, which a pass folds into the convolution before), LayerNormalization and Softmax.
#include <cmath>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

std::vector<float> PerChannel(OnnxNode& node, int input, const char* what, int64_t channels) {
  std::vector<float> v = node.FloatsOf(node.Input(input), what);
  if (static_cast<int64_t>(v.size()) != channels) {
    throw ContradictionError(std::string(what) + " has " + std::to_string(v.size()) + " elements but the input has " +
                             std::to_string(channels) + " channels");
  }
  return v;
}

void BatchNormalization(OnnxNode& node) {
  const float epsilon = node.FloatAttribute("epsilon", 1e-5f);
  node.IgnoreAttributes({"momentum", "is_test", "consumed_inputs"});
  if (node.IntAttribute("training_mode", 0) != 0) throw NodeError("training_mode is on; export the model for inference");
  if (node.IntAttribute("spatial", 1) != 1) throw NodeError("spatial = 0 is not supported; normalize channel by channel");
  for (int i = 1; i < 5; ++i) node.RefuseOutput(i, "of statistics");
  const int x = node.FloatInput(0);
  const Dims dims = node.DimsOf(x);
  if (dims.size() < 2) throw ContradictionError("the input has shape " + DimsText(dims) + "; it must have a channel dim");
  const std::vector<float> scale = PerChannel(node, 1, "scale", dims[1]), bias = PerChannel(node, 2, "B", dims[1]);
  const std::vector<float> mean = PerChannel(node, 3, "mean", dims[1]), variance = PerChannel(node, 4, "var", dims[1]);
  std::vector<float> factor(scale.size()), addend(scale.size());
  for (size_t c = 0; c < scale.size(); ++c) {
    const double f = scale[c] / std::sqrt(static_cast<double>(variance[c]) + static_cast<double>(epsilon));
    factor[c] = static_cast<float>(f);
    addend[c] = static_cast<float>(bias[c] - mean[c] * f);
  }
  Dims shape(dims.size(), 1);
  shape[1] = dims[1];
  const int scaled = node.Binary("mul", x, node.FloatConstant("factor", shape, factor), {});
  node.SetOutput(node.Binary("add", scaled, node.FloatConstant("addend", shape, addend), {}));
}

void LayerNormalization(OnnxNode& node) {
  const float epsilon = node.FloatAttribute("epsilon", 1e-5f);
  const int64_t axis = node.IntAttribute("axis", -1);
  node.IntAttribute("stash_type", 1);  // float32, which all of this is in
  for (int i = 1; i < 3; ++i) node.RefuseOutput(i, "of statistics");
  const int x = node.FloatInput(0);
  const int gamma = node.ConstantInput(1, "the scale");
  const int beta = node.HasInput(2) ? node.ConstantInput(2, "the bias") : -1;
  node.SetOutput(node.LayerNorm(x, NormalAxis(axis, node.RankOf(x)), gamma, beta, epsilon));
}

// Softmax or its logarithm along an axis.
void AlongAxis(OnnxNode& node, int (*over)(OnnxNode& node, int x, int axis)) {
  const int64_t axis = node.IntAttribute("axis", node.opset() < 13 ? 1 : -1);
  const int x = node.FloatInput(0);
  const Dims dims = node.DimsOf(x);
  if (dims.empty()) throw ContradictionError("the input is a scalar");
  if (node.opset() >= 13) return node.SetOutput(over(node, x, NormalAxis(axis, node.RankOf(x))));
  // Old: one softmax over everything from `axis` on. axis may equal the rank: then rows have one element.
  const auto at = axis == node.RankOf(x) ? dims.size() : static_cast<size_t>(NormalAxis(axis, node.RankOf(x)));
  if (at + 1 == dims.size()) return node.SetOutput(over(node, x, static_cast<int>(at)));
  const int flat = node.Reshape(x, {ProductOf(dims, 0, at), ProductOf(dims, at, dims.size())});
  node.SetOutput(node.Reshape(over(node, flat, 1), dims));
}

void Softmax(OnnxNode& node) {
  AlongAxis(node, [](OnnxNode& n, int x, int axis) { return n.SoftmaxOver(x, axis, 1); });
}
void LogSoftmax(OnnxNode& node) {
  AlongAxis(node, [](OnnxNode& n, int x, int axis) { return n.LogSoftmaxOver(x, axis); });
}

}  // namespace

std::vector<OnnxOp> OnnxNormalizationOps() {
  return {{"BatchNormalization", BatchNormalization},
          {"LayerNormalization", LayerNormalization},
          {"Softmax", Softmax},
          {"LogSoftmax", LogSoftmax}};
}

}  // namespace adze::import
