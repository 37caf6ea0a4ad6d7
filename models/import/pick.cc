// SPDX-License-Identifier: Apache-2.0
// Picking whole elements along axes.
#include <algorithm>
#include <cmath>
#include <optional>

#include "models/import/resize.h"
#include "op-registry/ops/resize_nearest.h"

namespace adze::import {
namespace {

constexpr std::pair<Coordinate, NearestRounding> kRules[] = {{Coordinate::kAsymmetric, NearestRounding::kFloor},
                                                             {Coordinate::kAsymmetric, NearestRounding::kRoundPreferFloor},
                                                             {Coordinate::kHalfPixel, NearestRounding::kFloor},
                                                             {Coordinate::kHalfPixel, NearestRounding::kRoundPreferFloor}};

// What resize_nearest takes for output index i of `out`, from `in` elements.
int64_t Source(int64_t i, int64_t in, int64_t out, const std::pair<Coordinate, NearestRounding>& rule, float given) {
  const float scale = given != 0 ? given : static_cast<float>(out) / static_cast<float>(in);
  float at = static_cast<float>(i) / scale;
  if (rule.first == Coordinate::kHalfPixel) at = (static_cast<float>(i) + 0.5f) / scale - 0.5f;
  const float rounded = rule.second == NearestRounding::kFloor ? std::floor(at) : std::ceil(at - 0.5f);
  return static_cast<int64_t>(std::clamp(rounded, 0.0f, static_cast<float>(in - 1)));
}

// The scale (0: output / input) with which this rule of resize_nearest picks just these elements. The file's own is tried first: it holds for
// other sizes as well.
std::optional<float> ScaleOf(const PickedAxis& axis, int64_t in, const std::pair<Coordinate, NearestRounding>& rule) {
  const auto out = static_cast<int64_t>(axis.from.size());
  for (const float scale : {axis.scale, 0.0f, 1.0f / (static_cast<float>(in) / static_cast<float>(out))}) {
    bool same = scale == 0 || (scale >= 0x1p-31f && scale <= 0x1p31f);
    for (int64_t i = 0; same && i < out; ++i) same = Source(i, in, out, rule, scale) == axis.from[static_cast<size_t>(i)];
    if (same) return scale;
  }
  return std::nullopt;
}

bool IsEveryElement(const PickedAxis& axis, int64_t in) {
  for (size_t i = 0; i < axis.from.size(); ++i) {
    if (axis.from[i] != static_cast<int64_t>(i)) return false;
  }
  return static_cast<int64_t>(axis.from.size()) == in;
}

bool StepsEvenly(const PickedAxis& axis) {
  const std::vector<int64_t>& from = axis.from;
  for (size_t i = 2; i < from.size(); ++i) {
    if (from[i] - from[i - 1] != from[1] - from[0]) return false;
  }
  return from.size() < 2 || from[1] != from[0];
}

// Axis h and axis w = h + 1, or w alone where h is null, by resize_nearest; -1 where it has no rule for them.
int PickByRule(Lowering* node, int x, const PickedAxis* h, const PickedAxis& w) {
  const Dims dims = node->DimsOf(x);
  const auto at = static_cast<size_t>(w.axis);
  const int64_t height = h == nullptr ? 1 : dims[at - 1];
  for (const auto& rule : kRules) {
    const std::optional<float> scale_w = ScaleOf(w, dims[at], rule);
    const std::optional<float> scale_h = h == nullptr ? 0 : ScaleOf(*h, height, rule);
    if (!scale_w || !scale_h) continue;
    ResizeNearestParams p;
    p.scale_h = *scale_h;
    p.scale_w = *scale_w;
    p.coordinate = rule.first;
    p.rounding = rule.second;
    Dims out = dims;
    if (h != nullptr) out[at - 1] = static_cast<int64_t>(h->from.size());
    out[at] = static_cast<int64_t>(w.from.size());
    const int64_t outer = ProductOf(dims, 0, h == nullptr ? at : at - 1), inner = ProductOf(dims, at + 1, dims.size());
    const int flat = node->Reshape(x, {outer, height, dims[at], inner});
    return node->Reshape(node->EmitShaped("resize_nearest", {flat}, p, {outer, h == nullptr ? 1 : out[at - 1], out[at], inner}), out);
  }
  return -1;
}

int PickOne(Lowering* node, int x, const PickedAxis& axis) {
  const int by_rule = StepsEvenly(axis) ? -1 : PickByRule(node, x, nullptr, axis);
  if (by_rule >= 0) return by_rule;
  std::vector<int32_t> indices(axis.from.begin(), axis.from.end());
  return node->Gather(x, node->Constant("picked", DType::kI32, {static_cast<int64_t>(indices.size())}, BytesOf(indices)), axis.axis, 0);
}

}  // namespace

int PickAlong(Lowering* node, int x, const std::vector<PickedAxis>& axes) {
  for (size_t i = 0; i < axes.size(); ++i) {
    const int64_t in = node->DimsOf(x)[static_cast<size_t>(axes[i].axis)];
    if (axes[i].from.empty() || in < 1) throw NodeError("the shape " + DimsText(node->DimsOf(x)) + " has nothing to resize");
    if (IsEveryElement(axes[i], in)) continue;
    const bool is_pair = i + 1 < axes.size() && axes[i + 1].axis == axes[i].axis + 1 && !StepsEvenly(axes[i]) && !StepsEvenly(axes[i + 1]);
    const int both = is_pair ? PickByRule(node, x, &axes[i], axes[i + 1]) : -1;
    x = both >= 0 ? both : PickOne(node, x, axes[i]);
    if (both >= 0) ++i;
  }
  return x;
}

}  // namespace adze::import
