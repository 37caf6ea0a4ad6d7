// SPDX-License-Identifier: Apache-2.0
// TFLite RESIZE_NEAREST_NEIGHBOR. TFLite multiplies by input / output size where Adze divides by output / input, and rounds halves up: so
// every output index is tried, and only what gives the same source for all of them is imported.
#include <algorithm>
#include <cmath>

#include "models/import/tflite/context.h"
#include "op-registry/ops/resize_nearest.h"

namespace adze::import {
namespace {

constexpr int64_t kMaxOut = 1 << 16;  // of indices tried a dim

int64_t TfliteSource(int64_t i, int64_t in, int64_t out, bool align_corners, bool half_pixel) {
  const bool aligned = align_corners && out > 1;
  const float scale = aligned ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : static_cast<float>(in) / static_cast<float>(out);
  const float at = (static_cast<float>(i) + (half_pixel ? 0.5f : 0.0f)) * scale;
  const auto source = static_cast<int64_t>(align_corners ? std::round(at) : std::floor(at));
  return std::clamp<int64_t>(source, 0, in - 1);
}

int64_t AdzeSource(int64_t i, int64_t in, int64_t out, const ResizeNearestParams& p, float given) {
  const float scale = given != 0 ? given : static_cast<float>(out) / static_cast<float>(in);
  float at = static_cast<float>(i) / scale;
  if (p.coordinate == Coordinate::kHalfPixel) at = (static_cast<float>(i) + 0.5f) / scale - 0.5f;
  const float rounded = p.rounding == NearestRounding::kFloor ? std::floor(at) : std::ceil(at - 0.5f);
  return std::clamp<int64_t>(static_cast<int64_t>(rounded), 0, in - 1);
}

// The scale (0: output / input) with which Adze's formula gives TFLite's sources; -1: none does.
float MatchingScale(int64_t in, int64_t out, bool align_corners, bool half_pixel, const ResizeNearestParams& p) {
  for (const float given : {0.0f, 1.0f / (static_cast<float>(in) / static_cast<float>(out))}) {
    bool same = true;
    for (int64_t i = 0; same && i < out; ++i) {
      same = TfliteSource(i, in, out, align_corners, half_pixel) == AdzeSource(i, in, out, p, given);
    }
    if (same) return given;
  }
  return -1;
}

void ResizeNearest(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::ResizeNearestNeighborOptions>();
  const bool align_corners = o != nullptr && o->align_corners(), half_pixel = o != nullptr && o->half_pixel_centers();
  const int x = node.FloatInput(0);
  const Dims in = node.DimsOf(x);
  const std::vector<int64_t> size = node.IntsInput(1, "the size");
  if (in.size() != 4 || size.size() != 2) throw ContradictionError("the input must have rank 4 and the size two elements");
  for (int i = 0; i < 2; ++i) {
    if (size[i] < 1 || size[i] > kMaxOut || in[1 + i] < 1) {
      throw NodeError("the size " + DimsText(size) + " is out of range (1.." + std::to_string(kMaxOut) + ")");
    }
  }
  for (const Coordinate coordinate : {Coordinate::kAsymmetric, Coordinate::kHalfPixel}) {
    for (const NearestRounding rounding : {NearestRounding::kFloor, NearestRounding::kRoundPreferFloor}) {
      ResizeNearestParams p;
      p.coordinate = coordinate;
      p.rounding = rounding;
      p.scale_h = MatchingScale(in[1], size[0], align_corners, half_pixel, p);
      p.scale_w = MatchingScale(in[2], size[1], align_corners, half_pixel, p);
      if (p.scale_h < 0 || p.scale_w < 0) continue;
      node.SetOutput(node.EmitShaped("resize_nearest", {x}, p, {in[0], size[0], size[1], in[3]}));
      return;
    }
  }
  throw NodeError("its rounding from " + DimsText(in) + " to " + DimsText(size) +
                  " is not supported; resize without align_corners and half_pixel_centers");
}

}  // namespace

std::vector<TfliteOp> TfliteResizeOps() { return {{97, "RESIZE_NEAREST_NEIGHBOR", ResizeNearest}}; }

}  // namespace adze::import
