// SPDX-License-Identifier: Apache-2.0
// The sliding window of conv2d and pool2d: which values are legal and how many positions it has.
#pragma once

#include "op-registry/core/shape.h"
#include "op-registry/core/status.h"

namespace adze {

// Index 0 is height, 1 is width. The fields stand as in Conv2dParams, which starts with them.
struct Window {
  int32_t kernel[2];
  int32_t stride[2];
  int32_t dilation[2];
  int32_t pad_before[2];
  int32_t pad_after[2];
};

// Larger values serve no model; the limit keeps every product below far from the end of int64.
inline constexpr int32_t kMaxWindowValue = 1 << 20;

// Checks every value, and that the kernel's area fits int32; x must be rank 4 with H, W and C of at least 1. Then writes the number of
// positions to out->dims[1] and [2] (each at least 1), and copies N.
Status SlideWindow(const Window& window, const Shape& x, Shape* out);

// kernel height * width of a checked window.
inline int64_t KernelArea(const Window& window) { return static_cast<int64_t>(window.kernel[0]) * window.kernel[1]; }

// 1 if any padding is not 0.
bool IsPadded(const Window& window);

}  // namespace adze
