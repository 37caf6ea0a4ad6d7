// SPDX-License-Identifier: Apache-2.0
// A rectangle of output pixels of an op with a sliding window, as its micro-kernels are given it.
#pragma once

#include <cstddef>

namespace adze {

// Pixel (r, p) reads kernel position (i, j) behind a[r * row_step + i * row_pointers + p * pixel_step + j]. Neighbours share the pointers to
// what both read: the steps are then the strides.
struct Rectangle {
  size_t rows, pixels;    // pixels of each row
  const float* const* a;  // behind each pointer all channels, adjacent; no read past them
  size_t row_pointers;    // from one kernel row to the next
  size_t row_step, pixel_step;
  float* y;  // the first pixel; not the input: pixels may be written twice
};

}  // namespace adze
