// SPDX-License-Identifier: Apache-2.0
// Where the elements of a resized axis lie in the input.
#include <cmath>

#include "models/import/resize.h"

namespace adze::import {

float ResizedAxis::At(int64_t i) const {
  const auto x = static_cast<float>(i), original = static_cast<float>(in), resized = static_cast<float>(out);
  switch (placement) {
    case Placement::kPytorchHalfPixel:
      if (out == 1) return 0;
      break;
    case Placement::kAsymmetric: return x / scale;
    case Placement::kAlignCorners: return out == 1 ? 0 : x * (original - 1) / (resized - 1);
    case Placement::kTfCropAndResize:
      if (out == 1) return 0.5f * (crop_start + crop_end) * (original - 1);
      return crop_start * (original - 1) + x * (crop_end - crop_start) * (original - 1) / (resized - 1);
    case Placement::kHalfPixelSymmetric: {
      const float adjustment = resized / (scale * original);
      const float shift = original / 2 * (1 - adjustment);
      return static_cast<float>(static_cast<double>(shift) + (static_cast<double>(x) + 0.5) / static_cast<double>(scale) - 0.5);
    }
    case Placement::kHalfPixel: break;
  }
  return (x + 0.5f) / scale - 0.5f;
}

void ResizedAxis::Line(double* step, double* offset) const {
  const auto last = static_cast<double>(in - 1), length = static_cast<double>(out - 1);
  // The exact ratio where the file gives none: its nearest float32 is off by up to an index in 2^24.
  *step = scale_is_given ? 1 / static_cast<double>(scale) : static_cast<double>(in) / static_cast<double>(out);
  *offset = *step / 2 - 0.5;
  switch (placement) {
    case Placement::kAsymmetric: *offset = 0; break;
    case Placement::kAlignCorners:
      *step = out == 1 ? 0 : last / length;
      *offset = 0;
      break;
    case Placement::kPytorchHalfPixel:
      if (out == 1) *step = *offset = 0;
      break;
    case Placement::kTfCropAndResize: {
      const auto start = static_cast<double>(crop_start), end = static_cast<double>(crop_end);
      *step = out == 1 ? 0 : (end - start) * last / length;
      *offset = (out == 1 ? 0.5 * (start + end) : start) * last;
      break;
    }
    case Placement::kHalfPixelSymmetric: *offset += static_cast<double>(in) / 2 - static_cast<double>(out) * *step / 2; break;
    case Placement::kHalfPixel: break;
  }
}

bool ResizedAxis::IsIdentity() const {
  double step = 0, offset = 0;
  Line(&step, &offset);
  return in == out && (in == 1 || (step == 1 && offset == 0));
}

}  // namespace adze::import
