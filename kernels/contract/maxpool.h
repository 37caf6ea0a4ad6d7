// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "maxpool_f32": maxima over the windows of a rectangle of output pixels.
//
//   y[r][p][c] = clamp(max over i < kernel_h, j < kernel_w of x(r, p, i, j)[c])
//
// x is what the rectangle points at, minus infinity for padding. A NaN in the window gives NaN.
#pragma once

#include <cstddef>

#include "kernels/contract/rectangle.h"

namespace adze {

struct MaxpoolF32Run {
  Rectangle rectangle;
  size_t channels;
  size_t kernel_h, kernel_w;
  size_t y_row_bytes, y_pixel_bytes;
  float lo, hi;  // clamp, NaN passes through
};

// The object behind a UkernelRow of family maxpool_f32.
struct MaxpoolF32Ukernel {
  void (*run)(const MaxpoolF32Run& run);
};

}  // namespace adze
