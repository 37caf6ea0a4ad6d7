// SPDX-License-Identifier: Apache-2.0
// Interpolating along axes: linear between two neighbours by resize_linear, every other filter by a table of weights.
#include <algorithm>
#include <cmath>

#include "models/import/resize.h"
#include "op-registry/ops/resample.h"
#include "op-registry/ops/resize_linear.h"

namespace adze::import {
namespace {

constexpr int64_t kMaxTableBytes = 16 << 20;

double Filter(const ResizeRule& rule, double distance) {
  const double d = std::fabs(distance), a = static_cast<double>(rule.cubic_a);
  if (rule.interpolation == Interpolation::kLinear) return std::max(0.0, 1 - d);
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

// What one output element is made of: weights[k] of input element first + k, all of them inside.
struct Sum {
  int64_t first;
  std::vector<double> weights;
};

Sum SumAt(const ResizeRule& rule, const ResizedAxis& axis, double at) {
  const double stretch = rule.antialias ? std::max(1.0, 1 / static_cast<double>(axis.scale)) : 1;
  const double reach = stretch * (rule.interpolation == Interpolation::kLinear ? 1 : 2);
  const auto low = static_cast<int64_t>(std::floor(at - reach)) + 1, high = static_cast<int64_t>(std::ceil(at + reach)) - 1;
  Sum sum{std::clamp<int64_t>(low, 0, axis.in - 1), {}};
  sum.weights.resize(static_cast<size_t>(std::clamp<int64_t>(high, sum.first, axis.in - 1) - sum.first + 1));
  double total = 0;
  for (int64_t i = low; i <= high; ++i) {
    if (rule.exclude_outside && (i < 0 || i >= axis.in)) continue;
    const double weight = Filter(rule, (static_cast<double>(i) - at) / stretch);
    const int64_t last = sum.first + static_cast<int64_t>(sum.weights.size()) - 1;
    sum.weights[static_cast<size_t>(std::clamp(i, sum.first, last) - sum.first)] += weight;
    total += weight;
  }
  if (total != 0) {
    for (double& w : sum.weights) w /= total;
  }
  return sum;
}

// One axis by a table. Sums of fewer elements than the longest get zeros, on the side where there is room.
int Resample(Lowering* node, int x, const ResizeRule& rule, const ResizedAxis& axis) {
  double step = 0, offset = 0;
  axis.Line(&step, &offset);
  std::vector<Sum> sums;
  size_t taps = 1;
  for (int64_t i = 0; i < axis.out; ++i) {
    sums.push_back(SumAt(rule, axis, static_cast<double>(i) * step + offset));
    taps = std::max(taps, sums.back().weights.size());
    if (static_cast<int64_t>(taps) * axis.out > kMaxTableBytes / 4) throw NodeError("its table of weights is larger than 16 MiB");
  }
  std::vector<int32_t> first;
  std::vector<float> weights(taps * sums.size());
  for (size_t i = 0; i < sums.size(); ++i) {
    const int64_t start = std::min(sums[i].first, axis.in - static_cast<int64_t>(taps));
    first.push_back(static_cast<int32_t>(start));
    const size_t before = i * taps + static_cast<size_t>(sums[i].first - start);
    for (size_t k = 0; k < sums[i].weights.size(); ++k) weights[before + k] = static_cast<float>(sums[i].weights[k]);
  }
  const int starts = node->Constant("first", DType::kI32, {axis.out}, BytesOf(first));
  const int table = node->FloatConstant("weights", {axis.out, static_cast<int64_t>(taps)}, weights);
  return node->Emit("resample", {x, starts, table}, ResampleParams{axis.axis});
}

// Axis h and axis w = h + 1, or w alone where h is null.
int Linear(Lowering* node, int x, const ResizedAxis* h, const ResizedAxis& w) {
  const Dims dims = node->DimsOf(x);
  const auto at = static_cast<size_t>(w.axis);
  ResizeLinearParams p;
  if (h != nullptr) h->Line(&p.step_h, &p.offset_h);
  w.Line(&p.step_w, &p.offset_w);
  Dims out = dims;
  if (h != nullptr) out[at - 1] = h->out;
  out[at] = w.out;
  const int64_t outer = ProductOf(dims, 0, h == nullptr ? at : at - 1), inner = ProductOf(dims, at + 1, dims.size());
  const int flat = node->Reshape(x, {outer, h == nullptr ? 1 : h->in, w.in, inner});
  return node->Reshape(node->EmitShaped("resize_linear", {flat}, p, {outer, h == nullptr ? 1 : h->out, w.out, inner}), out);
}

bool IsBetweenNeighbours(const ResizeRule& rule, const ResizedAxis& axis) {
  const bool widens = rule.antialias && axis.scale < 1;
  return rule.interpolation == Interpolation::kLinear && !widens && !rule.exclude_outside;
}

}  // namespace

int ResizeAlong(Lowering* node, int x, const ResizeRule& rule, const std::vector<ResizedAxis>& axes) {
  std::vector<ResizedAxis> due;
  for (const ResizedAxis& axis : axes) {
    if (axis.in < 1 || axis.out < 1) throw NodeError("the shape " + DimsText(node->DimsOf(x)) + " has nothing to resize");
    if (!axis.IsIdentity()) due.push_back(axis);
  }
  for (size_t i = 0; i < due.size(); ++i) {
    if (!IsBetweenNeighbours(rule, due[i])) {
      x = Resample(node, x, rule, due[i]);
      continue;
    }
    const bool is_pair = i + 1 < due.size() && due[i + 1].axis == due[i].axis + 1 && IsBetweenNeighbours(rule, due[i + 1]);
    x = is_pair ? Linear(node, x, &due[i], due[i + 1]) : Linear(node, x, nullptr, due[i]);
    if (is_pair) ++i;
  }
  return x;
}

}  // namespace adze::import
