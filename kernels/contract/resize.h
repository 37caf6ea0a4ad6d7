// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "resize_linear_f32": one row of output pixels between two rows of input pixels.
//
//   y[p][c] = (top[low][c] * (1 - w) + top[high][c] * w) * (1 - v) + (bottom[low][c] * (1 - w) + bottom[high][c] * w) * v
//
// low, high and w are those of pixel p, v is bottom_weight. Each multiply-add may be fused.
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

// Where an output index lies between two input indices.
struct LinearTap {
  int32_t low, high;
  float weight;  // of high, 0 .. 1
};

struct ResizeLinearF32Run {
  size_t pixels, channels;
  const LinearTap* taps;  // [pixels]
  const uint8_t* top;     // rows of input pixels, channels adjacent; no read past them
  const uint8_t* bottom;
  int64_t x_pixel_bytes;
  float bottom_weight;
  uint8_t* y;
  int64_t y_pixel_bytes;
};

// The object behind a UkernelRow of family resize_linear_f32.
struct ResizeLinearF32Ukernel {
  void (*run)(const ResizeLinearF32Run& run);
};

}  // namespace adze
