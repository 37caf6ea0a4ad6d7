// SPDX-License-Identifier: Apache-2.0
// Walking the output pixels of a convolution and pointing at what each kernel position reads: shared by the drivers.
#pragma once

#include <cstring>

#include "kernels/contract/gemm.h"
#include "op-registry/core/shape.h"
#include "op-registry/ops/conv2d.h"

namespace adze {
namespace {

inline constexpr int64_t kMaxIndirection = 160;  // the rows' constraint

// One buffer of row pointers: a full gemm tile at the limit, 10 KiB of stack.
inline constexpr int64_t kMaxPointers = kMaxIndirection * kMaxGemmRows;

// An output pixel of y [N, Ho, Wo, C].
struct Pixel {
  int64_t n, ho, wo;
};

inline Pixel PixelAt(const Tensor& y, int64_t index) {
  const int64_t row = index / y.dim(2);
  return {row / y.dim(1), row % y.dim(1), index % y.dim(2)};
}

inline void Advance(const Tensor& y, Pixel* p) {
  if (++p->wo < y.dim(2)) return;
  p->wo = 0;
  if (++p->ho < y.dim(1)) return;
  p->ho = 0;
  ++p->n;
}

inline uint8_t* AddressOf(const Tensor& t, const Pixel& p) {
  return t.data + p.n * t.strides[0] + p.ho * t.strides[1] + p.wo * t.strides[2];
}

// Writes the pointers of one output pixel: to[0], to[step], to[2 * step], ... in the order (kh, kw, channel), `channels` of them per
// kernel position (1 where the channels are adjacent). Padded positions point at `zeros`.
inline void PointAtWindow(const Conv2dParams& p, const Tensor& x, const Pixel& pixel, int64_t channels, const uint8_t* first_channel,
                          const float* zeros, const float** to, int64_t step) {
  const uint8_t* image = first_channel + pixel.n * x.strides[0];
  for (int64_t kh = 0; kh < p.kernel_h; ++kh) {
    const int64_t h = pixel.ho * p.stride_h - p.pad_top + kh * p.dilation_h;
    for (int64_t kw = 0; kw < p.kernel_w; ++kw) {
      const int64_t w = pixel.wo * p.stride_w - p.pad_left + kw * p.dilation_w;
      const bool inside = h >= 0 && h < x.dim(1) && w >= 0 && w < x.dim(2);
      const uint8_t* at = inside ? image + h * x.strides[1] + w * x.strides[2] : reinterpret_cast<const uint8_t*>(zeros);
      for (int64_t c = 0; c < channels; ++c, to += step) {
        *to = reinterpret_cast<const float*>(at);
        if (inside) at += x.strides[3];
      }
    }
  }
}

// Scratch of a padded convolution: one zero per input channel. The row plans it only where there is padding.
inline const float* MakeZeros(const Conv2dParams& p, int64_t channels, uint8_t* scratch) {
  if ((p.pad_top | p.pad_left | p.pad_bottom | p.pad_right) != 0) std::memset(scratch, 0, static_cast<size_t>(channels) * sizeof(float));
  return reinterpret_cast<const float*>(scratch);
}

}  // namespace
}  // namespace adze
