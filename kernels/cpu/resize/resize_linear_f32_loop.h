// SPDX-License-Identifier: Apache-2.0
// The micro-kernel resize_linear_f32, over the vector of the ISA that the including unit is compiled for. A unit includes
// kernels/cpu/simd/simd.h (or scalar.h) before this.
#pragma once

#include "kernels/contract/resize.h"

namespace adze {
namespace {

struct LinearPixel {
  const float *top_low, *top_high, *bottom_low, *bottom_high;
  float* y;
  F32 w, one_minus_w, v, one_minus_v;
};

template <bool kMasked>
ADZE_INLINE void LinearVector(const LinearPixel& p, size_t c, size_t lanes) {
  const auto at = [&](const float* x) { return kMasked ? LoadN(x + c, lanes) : Load(x + c); };
  const F32 top = Fma(at(p.top_high), p.w, Mul(at(p.top_low), p.one_minus_w));
  const F32 bottom = Fma(at(p.bottom_high), p.w, Mul(at(p.bottom_low), p.one_minus_w));
  const F32 y = Fma(bottom, p.v, Mul(top, p.one_minus_v));
  kMasked ? StoreN(p.y + c, y, lanes) : Store(p.y + c, y);
}

template <int = 0>
void ResizeLinearRow(const ResizeLinearF32Run& r) {
  LinearPixel p;
  p.v = Broadcast(r.bottom_weight);
  p.one_minus_v = Broadcast(1.0f - r.bottom_weight);
  uint8_t* y = r.y;
  for (size_t i = 0; i < r.pixels; ++i, y += r.y_pixel_bytes) {
    const LinearTap& tap = r.taps[i];
    const int64_t low = tap.low * r.x_pixel_bytes;
    const int64_t high = tap.high * r.x_pixel_bytes;
    p.top_low = reinterpret_cast<const float*>(r.top + low);
    p.top_high = reinterpret_cast<const float*>(r.top + high);
    p.bottom_low = reinterpret_cast<const float*>(r.bottom + low);
    p.bottom_high = reinterpret_cast<const float*>(r.bottom + high);
    p.y = reinterpret_cast<float*>(y);
    p.w = Broadcast(tap.weight);
    p.one_minus_w = Broadcast(1.0f - tap.weight);
    size_t c = 0;
    for (; c + kF32Lanes <= r.channels; c += kF32Lanes) LinearVector<false>(p, c, kF32Lanes);
    if (c != r.channels) LinearVector<true>(p, c, r.channels - c);
  }
}

}  // namespace
}  // namespace adze
