// SPDX-License-Identifier: Apache-2.0
// The loop nests of dwconv_f32, once for all ISAs: the vector type comes from the simd header included first.
#pragma once

#include "kernels/contract/dwconv.h"
#include "op-registry/core/packing.h"

namespace adze {
namespace {

// P neighbouring pixels times NV vectors of channels from channel c on. KW and STEP are kernel_w and pixel_step where known, 0 where the
// run says. `lanes` counts only for NV == 1: the channels that exist.
template <size_t P, size_t NV, size_t KW, size_t STEP>
ADZE_INLINE void DwconvBlock(const DwconvF32Run& r, const float* const* a, char* y, size_t c, size_t w_row, size_t lanes) {
  const auto load = [&](const float* p, size_t v) ADZE_INLINE_LAMBDA { return NV == 1 ? LoadN(p, lanes) : Load(p + v * kF32Lanes); };
  F32 acc[P][NV];
  Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA {
    acc[0][v] = Load(r.bias + c + v * kF32Lanes);
    Unroll<P>([&](auto p) ADZE_INLINE_LAMBDA { acc[p][v] = acc[0][v]; });
  });
  const float* w = r.w + c;
  for (size_t i = r.kernel_h; i != 0; --i, a += r.row_pointers) {
    if constexpr (KW != 0) {
      // Column by column: each is loaded once and goes into every pixel whose window holds it.
      F32 taps[KW][NV];
      Unroll<KW * NV>([&](auto t) ADZE_INLINE_LAMBDA { taps[t / NV][t % NV] = Load(w + t / NV * w_row + t % NV * kF32Lanes); });
      w += KW * w_row;
      Unroll<(P - 1) * STEP + KW>([&](auto column) ADZE_INLINE_LAMBDA {
        const float* x = a[column] + c;
        Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA {
          const F32 xv = load(x, v);
          Unroll<P>([&](auto p) ADZE_INLINE_LAMBDA {
            if constexpr (column >= p * STEP && column < p * STEP + KW) {
              acc[p][v] = Fma(xv, taps[column - p * STEP][v], acc[p][v]);
            }
          });
        });
      });
    } else {
      for (size_t j = 0; j < r.kernel_w; ++j, w += w_row) {
        Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA {
          const F32 tap = Load(w + v * kF32Lanes);
          Unroll<P>([&](auto p) ADZE_INLINE_LAMBDA { acc[p][v] = Fma(load(a[p * r.pixel_step + j] + c, v), tap, acc[p][v]); });
        });
      }
    }
  }
  const F32 lo = Broadcast(r.lo);
  const F32 hi = Broadcast(r.hi);
  Unroll<P>([&](auto p) ADZE_INLINE_LAMBDA {
    float* to = reinterpret_cast<float*>(y + p * r.y_pixel_bytes) + c;
    Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA {
      const F32 out = Clamp(acc[p][v], lo, hi);
      NV == 1 ? StoreN(to, out, lanes) : Store(to + v * kF32Lanes, out);
    });
  });
}

// All pixels for NV vectors of channels. P of a row at a time: its last P overlap those before them; a row of fewer goes pixel by pixel.
template <size_t P, size_t NV, size_t KW, size_t STEP>
ADZE_INLINE void DwconvPixels(const DwconvF32Run& r, size_t c, size_t w_row, size_t lanes) {
  const float* const* a = r.a;
  char* y = reinterpret_cast<char*>(r.y);
  for (size_t row = r.rows; row != 0; --row, a += r.row_step, y += r.y_row_bytes) {
    if (r.pixels < P) {
      for (size_t p = 0; p < r.pixels; ++p) DwconvBlock<1, NV, 0, 0>(r, a + p * r.pixel_step, y + p * r.y_pixel_bytes, c, w_row, lanes);
      continue;
    }
    for (size_t i = 0; i < r.pixels; i += P) {
      const size_t p = i + P <= r.pixels ? i : r.pixels - P;
      DwconvBlock<P, NV, KW, STEP>(r, a + p * r.pixel_step, y + p * r.y_pixel_bytes, c, w_row, lanes);
    }
  }
}

// Channels outermost, so that the input that neighbouring pixels share comes from the nearest cache: blocks of NV vectors, then vector by
// vector, the last one masked.
template <size_t P, size_t NV, size_t KW, size_t STEP>
ADZE_INLINE void DwconvF32(const DwconvF32Run& r) {
  const size_t w_row = static_cast<size_t>(RoundUp(static_cast<int64_t>(r.channels), kPanelColumns));
  size_t c = 0;
  if constexpr (NV > 1) {
    for (; r.channels - c >= NV * kF32Lanes; c += NV * kF32Lanes) DwconvPixels<P, NV, KW, STEP>(r, c, w_row, kF32Lanes);
  }
  for (; c < r.channels; c += kF32Lanes) {
    const size_t left = r.channels - c;
    DwconvPixels<P, 1, KW, STEP>(r, c, w_row, left < kF32Lanes ? left : kF32Lanes);
  }
}

}  // namespace
}  // namespace adze
