// SPDX-License-Identifier: Apache-2.0
// The loop nest of dwconv_f32, once for all ISAs: the vector type comes from the simd header included first.
//
// Blocks of NV vectors of channels give NV independent sums; what is left goes vector by vector, the last one masked.
#pragma once

#include "kernels/contract/dwconv.h"
#include "op-registry/core/packing.h"

namespace adze {
namespace {

// Channels c .. c + NV vectors of one pixel. `lanes` counts only for NV == 1: the channels that exist.
template <size_t NV>
ADZE_INLINE void DwconvBlock(const DwconvF32Run& r, const float* const* a, float* y, size_t c, size_t row, size_t lanes) {
  F32 acc[NV];
  Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA { acc[v] = Load(r.bias + c + v * kF32Lanes); });
  const float* w = r.w + c;
  for (size_t s = 0; s < r.ks; ++s, w += row) {
    const float* x = a[s] + c;
    Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA {
      const F32 xv = NV == 1 ? LoadN(x, lanes) : Load(x + v * kF32Lanes);
      acc[v] = Fma(xv, Load(w + v * kF32Lanes), acc[v]);
    });
  }
  const F32 lo = Broadcast(r.lo);
  const F32 hi = Broadcast(r.hi);
  Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA {
    const F32 out = Clamp(acc[v], lo, hi);
    NV == 1 ? StoreN(y + c, out, lanes) : Store(y + c + v * kF32Lanes, out);
  });
}

template <size_t NV>
ADZE_INLINE void DwconvF32(const DwconvF32Run& r) {
  constexpr size_t kBlock = NV * kF32Lanes;
  const size_t row = static_cast<size_t>(RoundUp(static_cast<int64_t>(r.channels), kPanelColumns));
  const float* const* a = r.a;
  float* y = r.y;
  for (size_t p = 0; p < r.pixels; ++p) {
    size_t c = 0;
    for (; r.channels - c >= kBlock; c += kBlock) DwconvBlock<NV>(r, a, y, c, row, kF32Lanes);
    for (; c < r.channels; c += kF32Lanes) {
      const size_t left = r.channels - c;
      DwconvBlock<1>(r, a, y, c, row, left < kF32Lanes ? left : kF32Lanes);
    }
    a += r.ks;
    y = reinterpret_cast<float*>(reinterpret_cast<char*>(y) + r.y_pixel_bytes);
  }
}

}  // namespace
}  // namespace adze
