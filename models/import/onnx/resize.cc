// SPDX-License-Identifier: Apache-2.0
// ONNX Resize and Upsample to the nearest element.
#include <cmath>

#include "models/import/onnx/context.h"
#include "op-registry/ops/resize_nearest.h"

namespace adze::import {
namespace {

constexpr float kLargestScale = 65536;

struct Target {
  float scale[4] = {1, 1, 1, 1};
  Dims dims;
  bool from_scales = true;
};

void CheckMode(OnnxNode& node) {
  const std::string mode = node.StringAttribute("mode", "nearest");
  if (mode != "nearest") throw NodeError("attribute mode has the value " + Quoted(mode) + "; only nearest is supported");
}

Target FromScales(const Dims& in, const std::vector<float>& scales, const std::vector<int64_t>& axes) {
  if (scales.size() != axes.size())
    throw ContradictionError("there are " + std::to_string(scales.size()) + " scales for " + std::to_string(axes.size()) + " axes");
  Target t;
  t.dims = in;
  for (size_t i = 0; i < axes.size(); ++i) {
    const auto axis = static_cast<size_t>(NormalAxis(axes[i], 4));
    if (!(scales[i] > 0) || scales[i] > kLargestScale) throw NodeError("the scale " + std::to_string(scales[i]) + " is out of range");
    t.scale[axis] = scales[i];
    t.dims[axis] = static_cast<int64_t>(std::floor(static_cast<float>(in[axis]) * scales[i]));
  }
  return t;
}

Target FromSizes(const Dims& in, const std::vector<int64_t>& sizes, const std::vector<int64_t>& axes) {
  if (sizes.size() != axes.size())
    throw ContradictionError("there are " + std::to_string(sizes.size()) + " sizes for " + std::to_string(axes.size()) + " axes");
  Target t;
  t.dims = in;
  t.from_scales = false;
  for (size_t i = 0; i < axes.size(); ++i) t.dims[static_cast<size_t>(NormalAxis(axes[i], 4))] = sizes[i];
  return t;
}

// Resizes with the given rounding. One element out of pytorch_half_pixel is the first one: it is cut out, and the dim is then left alone.
int Resized(OnnxNode& node, int image, Target t, ResizeNearestParams p, bool pytorch) {
  Dims in = node.DimsOf(image);
  if (t.dims[0] != in[0] || t.dims[1] != in[1]) throw NodeError("batch or channels are resized; only height and width can be");
  for (size_t i = 2; i < 4; ++i) {
    if (t.dims[i] < 1) throw NodeError("the output shape " + DimsText(t.dims) + " is empty");
  }
  for (size_t i = 2; i < 4 && pytorch; ++i) {
    if (t.dims[i] != 1 || in[i] == 1) continue;
    Dims cut = in;
    cut[i] = 1;
    image = node.Slice(image, {0, 0, 0, 0}, {1, 1, 1, 1}, cut);
    in = cut;
    t.scale[i] = 1;
  }
  if (in == t.dims && t.scale[2] == 1 && t.scale[3] == 1) return image;
  p.scale_h = t.from_scales ? t.scale[2] : 0;
  p.scale_w = t.from_scales ? t.scale[3] : 0;
  return node.ToNchw(node.EmitShaped("resize_nearest", {node.ToNhwc(image)}, p, {in[0], t.dims[2], t.dims[3], in[1]}));
}

ResizeNearestParams ReadRounding(OnnxNode& node, bool* pytorch) {
  ResizeNearestParams p;
  if (node.opset() < 11) return p;  // asymmetric, floor
  const std::string coordinate = node.StringAttribute("coordinate_transformation_mode", "half_pixel");
  const std::string rounding = node.StringAttribute("nearest_mode", "round_prefer_floor");
  *pytorch = coordinate == "pytorch_half_pixel";
  if (coordinate == "half_pixel" || *pytorch) {
    p.coordinate = Coordinate::kHalfPixel;
  } else if (coordinate != "asymmetric") {
    throw NodeError("attribute coordinate_transformation_mode has the value " + Quoted(coordinate) +
                    "; use asymmetric, half_pixel or pytorch_half_pixel");
  }
  if (rounding == "round_prefer_floor") {
    p.rounding = NearestRounding::kRoundPreferFloor;
  } else if (rounding != "floor") {
    throw NodeError("attribute nearest_mode has the value " + Quoted(rounding) + "; use floor or round_prefer_floor");
  }
  return p;
}

void Resize(OnnxNode& node) {
  CheckMode(node);
  bool pytorch = false;
  const ResizeNearestParams p = ReadRounding(node, &pytorch);
  node.IgnoreAttributes({"cubic_coeff_a", "exclude_outside", "extrapolation_value", "antialias"});  // of other modes
  const std::string policy = node.StringAttribute("keep_aspect_ratio_policy", "stretch");
  if (policy != "stretch") throw NodeError("attribute keep_aspect_ratio_policy has the value " + Quoted(policy) + "; use stretch");
  std::vector<int64_t> axes = node.IntsAttribute("axes");
  if (axes.empty()) axes = {0, 1, 2, 3};
  const int image = node.ImageInput(0);
  const Dims in = node.DimsOf(image);
  const int scales = node.opset() < 11 ? 1 : 2;
  // Exporters write an empty tensor for the one that is not given.
  if (node.opset() >= 11 && node.HasInput(3)) {
    const std::vector<int64_t> sizes = node.IntsInput(3, "sizes");
    if (!sizes.empty()) return node.SetOutput(Resized(node, image, FromSizes(in, sizes, axes), p, pytorch));
  }
  if (!node.HasInput(scales)) throw DamageError("neither scales nor sizes are given");
  node.SetOutput(Resized(node, image, FromScales(in, node.FloatsOf(node.Input(scales), "scales"), axes), p, pytorch));
}

void Upsample(OnnxNode& node) {
  CheckMode(node);
  const std::vector<float> scales = node.opset() < 9 ? node.FloatsAttribute("scales") : node.FloatsOf(node.Input(1), "scales");
  const int image = node.ImageInput(0);
  node.SetOutput(Resized(node, image, FromScales(node.DimsOf(image), scales, {0, 1, 2, 3}), {}, false));
}

}  // namespace

std::vector<OnnxOp> OnnxResizeOps() { return {{"Resize", Resize}, {"Upsample", Upsample}}; }

}  // namespace adze::import
