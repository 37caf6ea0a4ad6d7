// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "dwconv_f32": depthwise convolution of a run of output pixels.
//
//   y[p][c] = clamp(bias[c] + sum_{s < ks} a[p * ks + s][c] * w[s][c])          ascending s
#pragma once

#include <cstddef>
#include <cstdint>

namespace adze {

struct DwconvF32Run {
  size_t pixels;
  size_t channels;
  size_t ks;              // kernel positions
  const float* const* a;  // [pixels][ks], each behind it `channels` adjacent floats; no read past them
  const float* w;         // [ks][channels rounded up to 16], 64-byte aligned
  const float* bias;      // [channels rounded up to 16]
  float* y;
  size_t y_pixel_bytes;
  float lo, hi;  // clamp, NaN passes through
};

// The object behind a UkernelRow of family dwconv_f32.
struct DwconvF32Ukernel {
  void (*run)(const DwconvF32Run& run);
};

}  // namespace adze
