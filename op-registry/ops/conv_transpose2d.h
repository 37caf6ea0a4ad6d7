// SPDX-License-Identifier: Apache-2.0
// conv_transpose2d: transposed two-dimensional convolution ("deconvolution"), grouped and depthwise included. Only the build machine knows it: the
// pass split_conv_transpose makes ordinary convolutions of it, one for each place between two strides.
//
//   y[n, ho, wo, o] = clamp(bias[o] + sum over kh, kw, c and all h, w with ho = h * stride_h + kh * dilation_h - pad_top,
//                                                                     wo = w * stride_w + kw * dilation_w - pad_left of
//                                     x[n, h, w, c] * w[o, kh, kw, c])
//
// in:  x [N, H, W, C], w [Cout, kernel_h, kernel_w, C / groups], bias [Cout] (may be absent)
// out: y [N, out_h, out_w, Cout]; what no element of x reaches is the bias
// key: types {x, w, y}; the common ones
#pragma once

#include <cstdint>

#include "op-registry/ops/clamp_range.h"

namespace adze {

struct ConvTranspose2dParams {
  int32_t kernel_h = 1, kernel_w = 1;
  int32_t stride_h = 1, stride_w = 1;
  int32_t dilation_h = 1, dilation_w = 1;
  int32_t pad_top = 0, pad_left = 0;
  int32_t out_h = 1, out_w = 1;
  int32_t groups = 1;
  int32_t channels_out = 0;
  ClampRange clamp;
};

}  // namespace adze
