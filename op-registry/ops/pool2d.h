// SPDX-License-Identifier: Apache-2.0
// pool2d: maximum or average over a window.
//
// in:  x [N, H, W, C]      out: y [N, Ho, Wo, C], Ho as in conv2d with dilation 1
// An average divides by the window's elements inside the input, or by kernel_h * kernel_w with count_include_pad. A maximum ignores padding;
// a NaN inside the window gives NaN. Every window must touch the input.
// key: types {x}; kBatch kHin kWin kCin kHout kWout kKernelArea kStrideH kStrideW kPadded kMode (PoolKind), and the common ones
#pragma once

#include <cstdint>

#include "op-registry/ops/clamp_range.h"

namespace adze {

// The numbers are part of the .adze format.
enum class PoolKind : uint8_t { kMax = 0, kAverage = 1 };

struct Pool2dParams {
  int32_t kernel_h = 1, kernel_w = 1;
  int32_t stride_h = 1, stride_w = 1;
  int32_t pad_top = 0, pad_left = 0, pad_bottom = 0, pad_right = 0;
  ClampRange clamp;
  PoolKind kind = PoolKind::kMax;
  uint8_t count_include_pad = 0;
  uint8_t reserved[2] = {};
};

}  // namespace adze
