// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "dwconv_f32": depthwise convolution of a rectangle of output pixels.
//
//   y[r][p][c] = clamp(bias[c] + sum_{i < kernel_h, j < kernel_w} a[r * row_step + i * row_pointers + p * pixel_step + j][c]
//                                                                 * w[i * kernel_w + j][c])
//
// The sum runs in ascending (i, j), one fused multiply-add each where the ISA has them, starting from bias. Neighbouring pixels share the
// pointers to the input pixels that both read: row_step and pixel_step are then the strides. Padding points at zeros.
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

struct DwconvF32Run {
  size_t rows, pixels;  // pixels of each row
  size_t channels;
  size_t kernel_h, kernel_w;
  const float* const* a;  // behind each pointer `channels` adjacent floats; no read past them
  size_t row_pointers;    // from one kernel row to the next
  size_t row_step, pixel_step;
  const float* w;     // [kernel_h * kernel_w][channels rounded up to 16], 64-byte aligned
  const float* bias;  // [channels rounded up to 16]
  float* y;           // not the input: pixels may be written twice
  size_t y_row_bytes, y_pixel_bytes;
  float lo, hi;  // clamp, NaN passes through
};

// The object behind a UkernelRow of family dwconv_f32. A row may be made for one kernel_w and pixel_step: its `when` says so.
struct DwconvF32Ukernel {
  void (*run)(const DwconvF32Run& run);
};

}  // namespace adze
