// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "maxpool_f32": maxima over the windows of a rectangle of output pixels.
//
//   y[r][p][c] = clamp(max over i < kernel_h, j < kernel_w of a[r * row_step + i * row_pointers + p * pixel_step + j][c])
//
// A NaN in the window gives NaN. Padding points at minus infinity.
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

struct MaxpoolF32Run {
  size_t rows, pixels;  // pixels of each row
  size_t channels;
  size_t kernel_h, kernel_w;
  const float* const* a;  // behind each pointer `channels` adjacent floats; no read past them
  size_t row_pointers;    // from one kernel row to the next
  size_t row_step, pixel_step;
  float* y;  // not the input
  size_t y_row_bytes, y_pixel_bytes;
  float lo, hi;  // clamp, NaN passes through
};

// The object behind a UkernelRow of family maxpool_f32.
struct MaxpoolF32Ukernel {
  void (*run)(const MaxpoolF32Run& run);
};

}  // namespace adze
