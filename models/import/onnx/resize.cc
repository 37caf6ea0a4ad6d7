// SPDX-License-Identifier: Apache-2.0
// ONNX Resize and Upsample.
#include <algorithm>
#include <cmath>

#include "models/import/onnx/context.h"
#include "models/import/resize.h"

namespace adze::import {
namespace {

constexpr float kLargestScale = 65536;

// Attribute `name` as the place of its value among `values`.
template <size_t kCount>
size_t Choice(OnnxNode& node, const char* name, const std::string& otherwise, const char* const (&values)[kCount]) {
  const std::string value = node.StringAttribute(name, otherwise);
  std::string known;
  for (size_t i = 0; i < kCount; ++i) {
    if (value == values[i]) return i;
    known += (i == 0 ? "" : i + 1 == kCount ? " or " : ", ") + std::string(values[i]);
  }
  throw NodeError("attribute " + std::string(name) + " has the value " + Quoted(value) + "; use " + known);
}

// kOld: before opset 11, towards 0 as the picture grows and away from it as it shrinks.
enum class Rounding : uint8_t { kPreferFloor, kPreferCeil, kFloor, kCeil, kOld };

// What rounding errors make of a half is a half all the same, as onnxruntime has it.
constexpr float kHalfWithin = 1e-6f;

int64_t Round(float at, Rounding rounding, float scale) {
  const float whole = std::floor(at), above_half = at - whole - 0.5f;
  const bool is_half = std::fabs(above_half) <= kHalfWithin;
  bool up = false;
  switch (rounding) {
    case Rounding::kPreferFloor: up = !is_half && above_half > 0; break;
    case Rounding::kPreferCeil: up = is_half || above_half > 0; break;
    case Rounding::kFloor: break;
    case Rounding::kCeil: up = at > whole; break;
    case Rounding::kOld: up = scale < 1 && at > whole; break;
  }
  return static_cast<int64_t>(whole) + (up ? 1 : 0);
}

struct Request {
  size_t mode = 0;    // nearest, linear, cubic
  size_t policy = 0;  // of the aspect ratio: stretch, not_larger, not_smaller
  Placement placement = Placement::kHalfPixel;
  ResizeRule rule;
  Rounding rounding = Rounding::kOld;
  std::vector<ResizedAxis> axes;  // ascending
  bool extrapolates = false;
  float extrapolation = 0;
};

void SetScale(ResizedAxis* axis, float scale) {
  if (!(scale > 0) || scale > kLargestScale) throw NodeError("the scale " + std::to_string(scale) + " is out of range");
  axis->scale = scale;
  axis->out = static_cast<int64_t>(std::floor(static_cast<float>(axis->in) * scale));
  axis->scale_is_given = true;
}

// keep_aspect_ratio_policy: one scale for all axes, whatever sizes were asked for.
void KeepAspectRatio(std::vector<ResizedAxis>* axes, bool smaller) {
  float scale = axes->empty() ? 1 : axes->front().scale;
  for (const ResizedAxis& axis : *axes) scale = smaller ? std::min(scale, axis.scale) : std::max(scale, axis.scale);
  for (ResizedAxis& axis : *axes) {
    SetScale(&axis, scale);
    axis.out = static_cast<int64_t>(std::floor(scale * static_cast<float>(axis.in) + 0.5f));
  }
}

std::vector<float> ScalesOf(OnnxNode& node) {
  if (node.opset() < 9 && node.HasAttribute("scales")) return node.FloatsAttribute("scales");
  const int input = node.opset() < 11 ? 1 : 2;
  return node.HasInput(input) ? node.FloatsOf(node.Input(input), "scales") : std::vector<float>();
}

// The axes, with what is asked of each. Exporters write an empty tensor for the one of scales and sizes that is not given.
std::vector<ResizedAxis> ReadAxes(OnnxNode& node, const Dims& dims, size_t policy) {
  const int rank = static_cast<int>(dims.size());
  std::vector<int64_t> which = node.IntsAttribute("axes");
  for (int d = 0; which.size() < dims.size() && !node.HasAttribute("axes"); ++d) which.push_back(d);
  const std::vector<int64_t> sizes = node.opset() >= 11 && node.HasInput(3) ? node.IntsInput(3, "sizes") : std::vector<int64_t>();
  const std::vector<float> scales = sizes.empty() ? ScalesOf(node) : std::vector<float>();
  if (sizes.empty() && scales.empty() && !which.empty()) throw DamageError("neither scales nor sizes are given");
  const size_t count = sizes.empty() ? scales.size() : sizes.size();
  if (count != which.size())
    throw ContradictionError("there are " + std::to_string(count) + (sizes.empty() ? " scales" : " sizes") + " for " +
                             std::to_string(which.size()) + " axes");
  std::vector<ResizedAxis> axes(count);
  for (size_t i = 0; i < count; ++i) {
    axes[i].axis = NormalAxis(which[i], rank);
    axes[i].in = dims[static_cast<size_t>(axes[i].axis)];
    if (axes[i].in < 1) throw NodeError("the input has shape " + DimsText(dims) + "; its dims must be at least 1");
    if (sizes.empty()) {
      SetScale(&axes[i], scales[i]);
    } else {
      axes[i].out = sizes[i];
      axes[i].scale = static_cast<float>(sizes[i]) / static_cast<float>(axes[i].in);
    }
  }
  if (policy != 0 && !sizes.empty()) KeepAspectRatio(&axes, policy == 1);
  for (const ResizedAxis& axis : axes) {
    if (axis.out < 1) throw NodeError("axis " + std::to_string(axis.axis) + " would have " + std::to_string(axis.out) + " elements");
    if (axis.out > kMaxResized && axis.out != axis.in)
      throw NodeError("axis " + std::to_string(axis.axis) + " would have more than " + std::to_string(kMaxResized) + " elements");
  }
  return axes;
}

void ReadCrop(OnnxNode& node, std::vector<ResizedAxis>* axes) {
  const std::vector<float> roi = node.HasInput(1) ? node.FloatsOf(node.Input(1), "roi") : std::vector<float>();
  if (roi.size() != 2 * axes->size())
    throw ContradictionError("roi has " + std::to_string(roi.size()) + " elements for " + std::to_string(axes->size()) + " axes");
  for (size_t i = 0; i < axes->size(); ++i) {
    for (const float end : {roi[i], roi[i + axes->size()]}) {
      if (!(std::fabs(end) <= kLargestScale)) throw NodeError("roi holds " + std::to_string(end) + ", which is out of range");
    }
    (*axes)[i].crop_start = roi[i];
    (*axes)[i].crop_end = roi[i + axes->size()];
  }
}

// What the attributes say, which needs no input.
Request ReadAttributes(OnnxNode& node) {
  static constexpr const char* kModes[] = {"nearest", "linear", "cubic"};
  static constexpr const char* kRoundings[] = {"round_prefer_floor", "round_prefer_ceil", "floor", "ceil"};
  static constexpr const char* kPolicies[] = {"stretch", "not_larger", "not_smaller"};
  static constexpr const char* kPlacements[] = {"half_pixel",    "half_pixel_symmetric", "pytorch_half_pixel",
                                                "align_corners", "asymmetric",           "tf_crop_and_resize"};
  Request r;
  r.mode = Choice(node, "mode", "nearest", kModes);
  r.rule.interpolation = r.mode == 2 ? Interpolation::kCubic : Interpolation::kLinear;
  r.rule.cubic_a = node.FloatAttribute("cubic_coeff_a", -0.75f);
  r.rule.antialias = node.IntAttribute("antialias", 0) != 0;
  r.rule.exclude_outside = node.IntAttribute("exclude_outside", 0) != 0;
  const auto rounding = static_cast<Rounding>(Choice(node, "nearest_mode", "round_prefer_floor", kRoundings));
  if (node.opset() >= 11) r.rounding = rounding;
  r.policy = Choice(node, "keep_aspect_ratio_policy", "stretch", kPolicies);
  const std::string otherwise = node.opset() < 11 ? "asymmetric" : "half_pixel";
  r.placement = static_cast<Placement>(Choice(node, "coordinate_transformation_mode", otherwise, kPlacements));
  r.extrapolates = r.placement == Placement::kTfCropAndResize;
  r.extrapolation = node.FloatAttribute("extrapolation_value", 0);
  return r;
}

void ReadInputs(OnnxNode& node, const Dims& dims, Request* r) {
  r->axes = ReadAxes(node, dims, r->policy);
  if (r->extrapolates) ReadCrop(node, &r->axes);
  std::sort(r->axes.begin(), r->axes.end(), [](const ResizedAxis& a, const ResizedAxis& b) { return a.axis < b.axis; });
  for (size_t i = 0; i < r->axes.size(); ++i) {
    r->axes[i].placement = r->placement;
    if (i > 0 && r->axes[i].axis == r->axes[i - 1].axis)
      throw ContradictionError("axis " + std::to_string(r->axes[i].axis) + " is named twice");
  }
}

bool IsInside(const ResizedAxis& axis, int64_t i) {
  const float at = axis.At(i);
  return at >= 0 && at <= static_cast<float>(axis.in - 1);
}

// Cuts each axis down to the output indices that lie inside the input, which stand in a row, and tells how many go before and after them.
// False where none do.
bool CutToInside(std::vector<ResizedAxis>* axes, std::vector<int64_t>* before, std::vector<int64_t>* after) {
  for (ResizedAxis& axis : *axes) {
    int64_t begin = 0, end = axis.out;
    while (begin < end && !IsInside(axis, begin)) ++begin;
    while (end > begin && !IsInside(axis, end - 1)) --end;
    if (begin == end) return false;
    (*before)[static_cast<size_t>(axis.axis)] = begin;
    (*after)[static_cast<size_t>(axis.axis)] = axis.out - end;
  }
  return true;
}

PickedAxis Picked(const ResizedAxis& axis, Rounding rounding) {
  PickedAxis picked;
  picked.axis = axis.axis;
  picked.scale = axis.scale_is_given ? axis.scale : 0;
  for (int64_t i = 0; i < axis.out; ++i)
    picked.from.push_back(std::clamp<int64_t>(Round(axis.At(i), rounding, axis.scale), 0, axis.in - 1));
  return picked;
}

int Resized(OnnxNode& node, int x, const Request& r) {
  if (r.mode != 0) return ResizeAlong(&node, x, r.rule, r.axes);
  std::vector<PickedAxis> picked;
  for (const ResizedAxis& axis : r.axes) {
    if (axis.in != axis.out || axis.At(axis.out - 1) != static_cast<float>(axis.in - 1)) picked.push_back(Picked(axis, r.rounding));
  }
  return PickAlong(&node, x, picked);
}

// What lies outside the input is resized from the edge, cut off again and filled.
int Extrapolated(OnnxNode& node, int x, const Request& r) {
  std::vector<ResizedAxis> axes = r.axes;
  const Dims dims = node.DimsOf(x);
  std::vector<int64_t> before(dims.size(), 0), after(dims.size(), 0);
  Dims out = dims;
  for (const ResizedAxis& axis : axes) out[static_cast<size_t>(axis.axis)] = axis.out;
  const Bytes value = BytesOf(std::vector<float>{r.extrapolation});
  if (node.TypeOf(x) != DType::kF32) throw NodeError("tf_crop_and_resize is supported for float32 only");
  if (!CutToInside(&axes, &before, &after)) return node.Filled(value, DType::kF32, out);
  Dims inside = out;
  for (size_t d = 0; d < out.size(); ++d) inside[d] -= before[d] + after[d];
  const int cut = node.Slice(Resized(node, x, r), before, std::vector<int64_t>(dims.size(), 1), inside);
  return inside == out ? cut : node.Pad(cut, before, after, value);
}

// Pictures are resized with their channels last, as all ops on pictures: transposes cancel there.
bool IsPicture(const Dims& dims, const Request& r) {
  return dims.size() >= 3 &&
         std::all_of(r.axes.begin(), r.axes.end(), [](const ResizedAxis& a) { return a.axis >= 2 || (a.in == a.out && a.IsIdentity()); });
}

void Resize(OnnxNode& node) {
  Request r = ReadAttributes(node);
  const int x = node.Input(0);
  const Dims dims = node.DimsOf(x);
  ReadInputs(node, dims, &r);
  const auto resized = [&](int from) { return r.extrapolates ? Extrapolated(node, from, r) : Resized(node, from, r); };
  if (r.mode != 0) node.FloatInput(0);
  if (!IsPicture(dims, r)) return node.SetOutput(resized(x));
  r.axes.erase(std::remove_if(r.axes.begin(), r.axes.end(), [](const ResizedAxis& a) { return a.axis < 2; }), r.axes.end());
  for (ResizedAxis& axis : r.axes) --axis.axis;
  std::vector<int> last = {0}, first = {0, static_cast<int>(dims.size()) - 1};
  for (int d = 2; d < static_cast<int>(dims.size()); ++d) last.push_back(d);
  for (int d = 1; d + 1 < static_cast<int>(dims.size()); ++d) first.push_back(d);
  last.push_back(1);
  const int picture = node.Transpose(x, last), y = resized(picture);
  node.SetOutput(y == picture ? x : node.Transpose(y, first));
}

}  // namespace

std::vector<OnnxOp> OnnxResizeOps() { return {{"Resize", Resize}, {"Upsample", Resize}}; }

}  // namespace adze::import
