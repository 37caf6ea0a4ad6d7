// SPDX-License-Identifier: Apache-2.0
// conv2d: two-dimensional convolution, grouped and depthwise included.
//
//   y[n, ho, wo, o] = clamp(bias[o] + sum_{kh, kw, c} x[n, ho * stride_h + kh * dilation_h - pad_top,
//                                                       wo * stride_w + kw * dilation_w - pad_left, c] * w[o, kh, kw, c]
//                           + residual[n, ho, wo, o], where there is one)
//
// in:  x [N, H, W, C] (any strides: an NCHW tensor is a view), w as `packing` says, bias [Cout, or padded to 16 where packed] (may be absent
//      while packing is kNone), residual [N, Ho, Wo, 1 .. Cout; Cout with
//      Winograd's weights] if has_residual, always last
// out: y [N, Ho, Wo, Cout], Ho = (H + pad_top + pad_bottom - dilation_h * (kernel_h - 1) - 1) / stride_h + 1 rounded down
// key: types {x, w, y}; kBatch kHin kWin kCin kHout kWout kCout kKernelArea kKernelW kStrideH kStrideW kDilated kGroups kDepthwise kPadded
//      kIndirection kM (N * Ho * Wo) kN (Cout / groups) kK (area * Cin / groups) kPacking kResidual, and the common ones
#pragma once

#include <cstdint>

#include "op-registry/core/packing.h"
#include "op-registry/ops/clamp_range.h"

namespace adze {

struct Conv2dParams {
  int32_t kernel_h = 1, kernel_w = 1;
  int32_t stride_h = 1, stride_w = 1;
  int32_t dilation_h = 1, dilation_w = 1;
  int32_t pad_top = 0, pad_left = 0, pad_bottom = 0, pad_right = 0;
  int32_t groups = 1;
  int32_t channels_out = 0;
  ClampRange clamp;
  Packing packing = Packing::kNone;
  uint8_t has_residual = 0;
  uint8_t reserved[2] = {};
};

}  // namespace adze
