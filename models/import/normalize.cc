// SPDX-License-Identifier: Apache-2.0
// Normalizations in Adze's ops.
#include "models/import/normalize.h"

#include <cmath>

#include "op-registry/ops/pool2d.h"

namespace adze::import {
namespace {

int Plus(Lowering* node, int x, float addend) {
  return addend == 0 ? x : node->Binary("add", x, node->Number(DType::kF32, static_cast<double>(addend)), {});
}

// x to a positive power: roots where they do.
int Power(Lowering* node, int x, float exponent) {
  if (exponent == 1) return x;
  if (exponent == 0.5f) return node->Map("sqrt", x);
  if (exponent == 0.75f) {
    const int root = node->Map("sqrt", x);
    return node->Binary("mul", root, node->Map("sqrt", root), {});
  }
  return node->Pair("pow", x, node->Number(DType::kF32, static_cast<double>(exponent)));
}

}  // namespace

Centred Centre(Lowering* node, int x, const std::vector<int64_t>& axes) {
  const int mean = node->Mean(x, axes, true);
  const int d = node->Binary("sub", x, mean, {});
  return {d, mean, node->Mean(node->Binary("mul", d, d, {}), axes, true)};
}

int InverseRoot(Lowering* node, int x, float epsilon) {
  if (!(epsilon >= 0)) throw NodeError("epsilon is " + std::to_string(epsilon) + "; it must not be negative");
  return node->Rsqrt(Plus(node, x, epsilon));
}

int DivideByLength(Lowering* node, int x, const std::vector<int64_t>& axes, float least) {
  const int length = node->Map("sqrt", node->Reduce("reduce_sum", node->Binary("mul", x, x, {}), axes, true));
  return node->Binary("div", x, node->Clamp(length, {least, INFINITY}), {});
}

int ScaleAndShift(Lowering* node, int x, int scale, int bias) {
  const Dims dims = node->DimsOf(x);
  if (scale >= 0) x = node->Binary("mul", x, scale, {});
  if (bias >= 0) x = node->Binary("add", x, bias, {});
  if (node->DimsOf(x) != dims) throw ContradictionError("scale and bias do not fit the input's shape " + DimsText(dims));
  return x;
}

int RmsNormalized(Lowering* node, int x, int axis, float epsilon, int* inverse) {
  std::vector<int64_t> axes;
  for (int d = axis; d < node->RankOf(x); ++d) axes.push_back(d);
  *inverse = InverseRoot(node, node->Mean(node->Binary("mul", x, x, {}), axes, true), epsilon);
  return node->Binary("mul", x, *inverse, {});
}

// The mean is an average pool over channels: pixels of the pool are channels, its channels the elements of a picture.
int LocalResponse(Lowering* node, int x, const ResponseWindow& window) {
  const Dims dims = node->DimsOf(x);
  Pool2dParams p;
  p.kind = PoolKind::kAverage;
  p.count_include_pad = 1;
  p.kernel_h = static_cast<int32_t>(window.before + window.after + 1);
  p.pad_top = static_cast<int32_t>(window.before);
  p.pad_bottom = static_cast<int32_t>(window.after);
  const int picture = node->Reshape(x, {dims[0], dims[1], 1, dims[2]});
  const int mean = node->Emit("pool2d", {node->Binary("mul", picture, picture, {})}, p);
  const int sum = Plus(node, node->Times(mean, window.alpha), window.bias);
  return node->Reshape(node->Binary("div", picture, Power(node, sum, window.beta), {}), dims);
}

int TanhGelu(Lowering* node, int x) {
  const int inner = node->Binary("mul", x, Plus(node, node->Times(node->Binary("mul", x, x, {}), 0.044715f), 1), {});
  const int gate = Plus(node, node->Map("tanh", node->Times(inner, 0.797884561f)), 1);
  return node->Binary("mul", node->Times(x, 0.5f), gate, {});
}

}  // namespace adze::import
