// SPDX-License-Identifier: Apache-2.0
// ONNX BatchNormalization (a multiplication and an addition, which a pass folds into the convolution before), normalizations of rows, and softmaxes.
#include <cmath>

#include "models/import/normalize.h"
#include "models/import/onnx/context.h"
#include "op-registry/ops/indexed.h"
#include "op-registry/ops/reduce.h"

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

// Of operands that are not known before the model runs: the factor is computed from those of one number a channel.
int ComputedBatchNorm(OnnxNode& node, int x, float epsilon) {
  const Dims dims = node.DimsOf(x);
  Dims shape(dims.size() - 1, 1);
  shape[0] = dims[1];
  const auto operand = [&](int i) { return node.Reshape(node.FloatInput(i), shape); };
  const int factor = node.Binary("mul", operand(1), InverseRoot(&node, operand(4), epsilon), {});
  return ScaleAndShift(&node, node.Binary("sub", x, operand(3), {}), factor, operand(2));
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
  for (int i = 1; i < 5; ++i) {
    if (!node.IsConstant(node.FloatInput(i))) return node.SetOutput(ComputedBatchNorm(node, x, epsilon));
  }
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

std::vector<int64_t> AxesFrom(int axis, int rank) {
  std::vector<int64_t> axes;
  for (int d = axis; d < rank; ++d) axes.push_back(d);
  return axes;
}

// The mean and what the difference is multiplied by, where someone reads them: computed beside the kernel, which keeps them to itself.
void SetStatistics(OnnxNode& node, int x, int axis, float epsilon, int mean_output) {
  if (!node.OutputIsUsed(mean_output) && !node.OutputIsUsed(mean_output + 1)) return;
  const Centred c = Centre(&node, x, AxesFrom(axis, node.RankOf(x)));
  if (node.OutputIsUsed(mean_output)) node.SetOutputAt(mean_output, c.mean);
  if (node.OutputIsUsed(mean_output + 1)) node.SetOutputAt(mean_output + 1, InverseRoot(&node, c.variance, epsilon));
}

void LayerNormalization(OnnxNode& node) {
  const float epsilon = node.FloatAttribute("epsilon", 1e-5f);
  const int64_t axis = node.IntAttribute("axis", -1);
  node.IntAttribute("stash_type", 1);  // float32, which all of this is in
  const int x = node.FloatInput(0);
  const int at = NormalAxis(axis, node.RankOf(x));
  const int gamma = node.FloatInput(1), beta = node.HasInput(2) ? node.FloatInput(2) : -1;
  node.SetOutput(node.LayerNorm(x, at, gamma, beta, epsilon));
  SetStatistics(node, x, at, epsilon, 1);
}

// x divided by the root of its mean square, times a scale.
void RmsNormalization(OnnxNode& node) {
  const float epsilon = node.FloatAttribute("epsilon", 1e-5f);
  const int64_t axis = node.IntAttribute("axis", -1);
  node.IntAttribute("stash_type", 1);
  const int x = node.FloatInput(0);
  int inverse = -1;
  const int y = RmsNormalized(&node, x, NormalAxis(axis, node.RankOf(x)), epsilon, &inverse);
  node.SetOutput(ScaleAndShift(&node, y, node.FloatInput(1), -1));
  if (node.OutputIsUsed(1)) node.SetOutputAt(1, inverse);
}

// The sum of input, skip and bias, which is the fourth output, normalized.
int SkipSum(OnnxNode& node, int bias_input) {
  const int x = node.FloatInput(0);
  const Dims dims = node.DimsOf(x);
  int sum = node.Binary("add", x, node.FloatInput(1), {});
  if (node.HasInput(bias_input)) sum = node.Binary("add", sum, node.FloatInput(bias_input), {});
  if (dims.empty() || node.DimsOf(sum) != dims) throw ContradictionError("what is added does not fit the input's shape " + DimsText(dims));
  if (node.OutputIsUsed(3)) node.SetOutputAt(3, sum);
  return sum;
}

void SkipLayerNormalization(OnnxNode& node) {
  const float epsilon = node.FloatAttribute("epsilon", 1e-12f);
  const int sum = SkipSum(node, 4);
  const int last = node.RankOf(sum) - 1;
  node.SetOutput(node.LayerNorm(sum, last, node.FloatInput(2), node.HasInput(3) ? node.FloatInput(3) : -1, epsilon));
  SetStatistics(node, sum, last, epsilon, 1);
}

void SkipRmsNormalization(OnnxNode& node) {
  const float epsilon = node.FloatAttribute("epsilon", 1e-12f);
  const int sum = SkipSum(node, 3);
  int inverse = -1;
  node.SetOutput(ScaleAndShift(&node, RmsNormalized(&node, sum, node.RankOf(sum) - 1, epsilon, &inverse), node.FloatInput(2), -1));
  node.RefuseOutput(1, "of means");
  if (node.OutputIsUsed(2)) node.SetOutputAt(2, inverse);
}

// A softmax, its logarithm or a hardmax along an axis.
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

// 1 where the first of the greatest elements stands, else 0.
void Hardmax(OnnxNode& node) {
  AlongAxis(node, [](OnnxNode& n, int x, int axis) {
    const Dims dims = n.DimsOf(x);
    ArgMaxParams p;
    p.axis = axis;
    const int place = n.DropDim(n.EmitAs("arg_max", {x}, p, DType::kI64, {}), axis);
    return n.EmitAs("one_hot", {place, n.FloatConstant("off_on", {2}, {0, 1})}, OneHotParams{axis, 0}, DType::kF32, dims);
  });
}

}  // namespace

std::vector<OnnxOp> OnnxNormalizationOps() {
  return {{"BatchNormalization", BatchNormalization},
          {"LayerNormalization", LayerNormalization},
          {"RMSNormalization", RmsNormalization},
          {"SimplifiedLayerNormalization", RmsNormalization},
          {"com.microsoft.SkipLayerNormalization", SkipLayerNormalization},
          {"com.microsoft.SkipSimplifiedLayerNormalization", SkipRmsNormalization},
          {"Hardmax", Hardmax},
          {"Softmax", Softmax},
          {"LogSoftmax", LogSoftmax}};
}

}  // namespace adze::import
