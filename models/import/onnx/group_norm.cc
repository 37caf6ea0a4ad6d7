// SPDX-License-Identifier: Apache-2.0
// ONNX normalizations of groups: InstanceNormalization, GroupNormalization, MeanVarianceNormalization, LpNormalization, LRN.
#include <cfloat>
#include <cmath>

#include "models/import/normalize.h"
#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

// Each of `groups` runs of channels of x [N, C, ...], normalized: [N, groups, rest].
int NormalizedGroups(OnnxNode& node, int x, int64_t groups, float epsilon) {
  const Dims dims = node.DimsOf(x);
  if (dims.size() < 2) throw ContradictionError("the input has shape " + DimsText(dims) + "; it must have a channel dim");
  if (groups < 1 || dims[1] % groups != 0)
    throw ContradictionError(std::to_string(dims[1]) + " channels do not fall into " + std::to_string(groups) + " groups");
  const int flat = node.Reshape(x, {dims[0], groups, dims[1] / groups * ProductOf(dims, 2, dims.size())});
  const Centred c = Centre(&node, flat, {2});
  return node.Binary("mul", c.difference, InverseRoot(&node, c.variance, epsilon), {});
}

// One number a channel, to be aligned with [N, C, S].
int PerChannel(OnnxNode& node, int input, const char* what, int64_t channels) {
  const int v = node.FloatInput(input);
  if (node.DimsOf(v) != Dims{channels})
    throw ContradictionError(std::string(what) + " has shape " + DimsText(node.DimsOf(v)) + "; it must be [" + std::to_string(channels) +
                             "]");
  return node.Reshape(v, {channels, 1});
}

void InstanceNormalization(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  const float epsilon = node.FloatAttribute("epsilon", 1e-5f);
  const int x = node.FloatInput(0);
  const Dims dims = node.DimsOf(x);
  const int64_t channels = dims.size() < 2 ? 0 : dims[1];
  const int normalized = NormalizedGroups(node, x, channels, epsilon);
  const int scale = PerChannel(node, 1, "scale", channels), bias = PerChannel(node, 2, "B", channels);
  node.SetOutput(node.Reshape(ScaleAndShift(&node, normalized, scale, bias), dims));
}

// Before opset 21 there was one scale a group.
void GroupNormalization(OnnxNode& node) {
  const float epsilon = node.FloatAttribute("epsilon", 1e-5f);
  const int64_t groups = node.IntAttribute("num_groups", 0);
  node.IntAttribute("stash_type", 1);  // float32, which all of this is in
  const int x = node.FloatInput(0);
  const Dims dims = node.DimsOf(x);
  int normalized = NormalizedGroups(node, x, groups, epsilon);
  const int64_t count = node.opset() < 21 ? groups : dims[1];
  if (count != groups) normalized = node.Reshape(normalized, {dims[0], dims[1], ProductOf(dims, 2, dims.size())});
  const int scale = PerChannel(node, 1, "scale", count), bias = PerChannel(node, 2, "bias", count);
  node.SetOutput(node.Reshape(ScaleAndShift(&node, normalized, scale, bias), dims));
}

void MeanVarianceNormalization(OnnxNode& node) {
  constexpr float kAddend = 1e-9f;  // to the deviation, as the op's definition has it
  std::vector<int64_t> axes = node.IntsAttribute("axes");
  if (!node.HasAttribute("axes")) axes = {0, 2, 3};
  const Centred c = Centre(&node, node.FloatInput(0), axes);
  const int deviation = node.Binary("add", node.Map("sqrt", c.variance), node.Number(DType::kF32, static_cast<double>(kAddend)), {});
  node.SetOutput(node.Binary("div", c.difference, deviation, {}));
}

// What has no length stays 0.
void LpNormalization(OnnxNode& node) {
  const int64_t axis = node.IntAttribute("axis", -1), p = node.IntAttribute("p", 2);
  const int x = node.FloatInput(0);
  const int64_t at = NormalAxis(axis, node.RankOf(x));
  if (p == 2) return node.SetOutput(DivideByLength(&node, x, {at}, FLT_MIN));
  if (p != 1) throw NodeError("attribute p is " + std::to_string(p) + "; use 1 or 2");
  const int length = node.Reduce("reduce_sum", node.Map("abs", x), {at}, true);
  node.SetOutput(node.Binary("div", x, node.Clamp(length, {FLT_MIN, INFINITY}), {}));
}

void Lrn(OnnxNode& node) {
  const float alpha = node.FloatAttribute("alpha", 1e-4f), beta = node.FloatAttribute("beta", 0.75f), bias = node.FloatAttribute("bias", 1);
  const int64_t size = node.IntAttribute("size", 0);
  const int x = node.FloatInput(0);
  const Dims dims = node.DimsOf(x);
  if (size < 1 || size > 1 << 16) throw NodeError("attribute size is " + std::to_string(size) + "; it must be 1 .. 65536");
  if (dims.size() < 2) throw ContradictionError("the input has shape " + DimsText(dims) + "; it must have a channel dim");
  const int flat = node.Reshape(x, {dims[0], dims[1], ProductOf(dims, 2, dims.size())});
  node.SetOutput(node.Reshape(LocalResponse(&node, flat, {(size - 1) / 2, size / 2, alpha, beta, bias}), dims));
}

}  // namespace

std::vector<OnnxOp> OnnxGroupNormOps() {
  return {{"InstanceNormalization", InstanceNormalization},
          {"GroupNormalization", GroupNormalization},
          {"MeanVarianceNormalization", MeanVarianceNormalization},
          {"LpNormalization", LpNormalization},
          {"LRN", Lrn}};
}

}  // namespace adze::import
