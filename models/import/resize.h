// SPDX-License-Identifier: Apache-2.0
// Resizing, as importers of all formats lower it: where each output index of an axis lies in the input is computed here, and becomes one of
//
//   resize_nearest  two axes (or one), where one of its rules gives every index      slice, gather  any other choice of whole elements
//   resize_linear   two axes (or one): an index times a step, plus an offset         resample       a table of weights for one axis
#pragma once

#include "models/import/lowering.h"

namespace adze::import {

// More elements along a resized axis are refused: they are counted through.
inline constexpr int64_t kMaxResized = 1 << 16;

// One axis and which input element each output element is; -1: none, it is filled. `scale` is the ratio the file gives, 0 where it gives none.
struct PickedAxis {
  int axis = 0;
  std::vector<int64_t> from;
  float scale = 0;
};

// The elements picked along each axis. Axes ascend.
int PickAlong(Lowering* node, int x, const std::vector<PickedAxis>& axes);

enum class Placement : uint8_t {
  kHalfPixel,
  kHalfPixelSymmetric,
  kPytorchHalfPixel,
  kAlignCorners,
  kAsymmetric,
  kTfCropAndResize,
};

// One axis of `in` elements resized to `out`. What lies where is decided by the scale, which need not be out / in.
struct ResizedAxis {
  int axis = 0;
  int64_t in = 1, out = 1;
  float scale = 1;
  bool scale_is_given = false;
  Placement placement = Placement::kHalfPixel;
  float crop_start = 0, crop_end = 1;  // of kTfCropAndResize, in lengths of the input

  // The place of output index i in float32, step by step as the formats' reference implementations compute it: halves decide there.
  float At(int64_t i) const;
  // The same as i * step + offset.
  void Line(double* step, double* offset) const;
  bool IsIdentity() const;
};

enum class Interpolation : uint8_t { kLinear, kCubic };

struct ResizeRule {
  Interpolation interpolation = Interpolation::kLinear;
  float cubic_a = -0.75f;
  bool antialias = false;        // filters widen as the picture shrinks
  bool exclude_outside = false;  // weights of what lies outside are 0, the rest sum to 1; else the edge stands there
};

int ResizeAlong(Lowering* node, int x, const ResizeRule& rule, const std::vector<ResizedAxis>& axes);

}  // namespace adze::import
