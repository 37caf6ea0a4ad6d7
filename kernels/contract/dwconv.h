// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "dwconv_f32": depthwise convolution of a rectangle of output pixels.
//
//   y[r][p][c] = clamp(bias[c] + sum_{i < kernel_h, j < kernel_w} x(r, p, i, j)[c] * w[i * kernel_w + j][c])
//
// x is what the rectangle points at, zeros for padding. The sum runs in ascending (i, j), one fused multiply-add each where the ISA has
// them, starting from bias.
#pragma once

#include <cstddef>

#include "kernels/contract/rectangle.h"

namespace adze {

struct DwconvF32Run {
  Rectangle rectangle;
  size_t channels;
  size_t kernel_h, kernel_w;
  const float* w;     // [kernel_h * kernel_w][channels rounded up to 16], 64-byte aligned
  const float* bias;  // [channels rounded up to 16]
  size_t y_row_bytes, y_pixel_bytes;
  float lo, hi;  // clamp, NaN passes through
};

// The object behind a UkernelRow of family dwconv_f32. A row may be made for one kernel_w and pixel_step: its `when` says so.
struct DwconvF32Ukernel {
  void (*run)(const DwconvF32Run& run);
};

}  // namespace adze
