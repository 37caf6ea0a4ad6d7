// SPDX-License-Identifier: Apache-2.0
// TFLite RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR.
#include <algorithm>
#include <cmath>

#include "models/import/resize.h"
#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

// Height and width of the output.
std::vector<int64_t> SizeOf(TfliteNode& node, const Dims& in) {
  std::vector<int64_t> size = node.IntsInput(1, "the size");
  if (in.size() != 4 || size.size() != 2) throw ContradictionError("the input must have rank 4 and the size two elements");
  for (size_t i = 0; i < 2; ++i) {
    if (size[i] < 1 || size[i] > kMaxResized || in[1 + i] < 1)
      throw NodeError("the size " + DimsText(size) + " is out of range (1.." + std::to_string(kMaxResized) + ")");
  }
  return size;
}

// TFLite multiplies by input / output size where ONNX divides by output / input, and rounds halves up, or away from the start.
int64_t NearestSource(int64_t i, int64_t in, int64_t out, bool align_corners, bool half_pixel) {
  const bool aligned = align_corners && out > 1;
  const float scale = aligned ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : static_cast<float>(in) / static_cast<float>(out);
  const float at = (static_cast<float>(i) + (half_pixel ? 0.5f : 0.0f)) * scale;
  const auto source = static_cast<int64_t>(align_corners ? std::round(at) : std::floor(at));
  return std::clamp<int64_t>(source, 0, in - 1);
}

void ResizeNearest(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::ResizeNearestNeighborOptions>();
  const bool align_corners = o != nullptr && o->align_corners(), half_pixel = o != nullptr && o->half_pixel_centers();
  const int x = node.MovedInput(0);
  const Dims in = node.DimsOf(x);
  const std::vector<int64_t> size = SizeOf(node, in);
  std::vector<PickedAxis> axes(2);
  for (size_t a = 0; a < 2; ++a) {
    axes[a].axis = static_cast<int>(a) + 1;
    for (int64_t i = 0; i < size[a]; ++i) axes[a].from.push_back(NearestSource(i, in[1 + a], size[a], align_corners, half_pixel));
  }
  node.SetOutput(PickAlong(&node, x, axes));
}

void ResizeBilinear(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::ResizeBilinearOptions>();
  const bool align_corners = o != nullptr && o->align_corners(), half_pixel = o != nullptr && o->half_pixel_centers();
  if (align_corners && half_pixel) throw NodeError("align_corners and half_pixel_centers are both on; only one can be");
  const int x = node.FloatInput(0);
  const Dims in = node.DimsOf(x);
  const std::vector<int64_t> size = SizeOf(node, in);
  std::vector<ResizedAxis> axes(2);
  for (size_t a = 0; a < 2; ++a) {
    axes[a].axis = static_cast<int>(a) + 1;
    axes[a].in = in[1 + a];
    axes[a].out = size[a];
    // One element has no corners: it is then the first.
    axes[a].placement = half_pixel ? Placement::kHalfPixel : align_corners ? Placement::kAlignCorners : Placement::kAsymmetric;
  }
  node.SetOutput(ResizeAlong(&node, x, {}, axes));
}

}  // namespace

std::vector<TfliteOp> TfliteResizeOps() {
  return {{23, "RESIZE_BILINEAR", ResizeBilinear}, {97, "RESIZE_NEAREST_NEIGHBOR", ResizeNearest}};
}

}  // namespace adze::import
