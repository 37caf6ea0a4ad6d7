// SPDX-License-Identifier: Apache-2.0
// The loop nests of dwconv_f32, once for all ISAs: the vector type comes from the simd header included first.
#pragma once

#include "kernels/contract/dwconv.h"
#include "op-registry/core/packing.h"

namespace adze {
namespace {

// P neighbouring pixels times NV vectors of channels from channel c on. KW and STEP are kernel_w and pixel_step where known, 0 where the
// run says. NV == 1: only the first `lanes` channels.
template <size_t P, size_t NV, size_t KW, size_t STEP, bool kMasked>
ADZE_INLINE void DwconvBlock(const DwconvF32Run& r, const float* const* a, char* y, size_t c, size_t w_row, size_t lanes) {
  static_assert(NV == 1 || !kMasked, "one mask");
  const auto load = [&](const float* p, size_t v) ADZE_INLINE_LAMBDA { return kMasked ? LoadN(p, lanes) : Load(p + v * kF32Lanes); };
  F32 acc[P][NV];
  Unroll<NV>([&](auto v) ADZE_INLINE_LAMBDA {
    acc[0][v] = Load(r.bias + c + v * kF32Lanes);
    Unroll<P>([&](auto p) ADZE_INLINE_LAMBDA { acc[p][v] = acc[0][v]; });
  });
  const float* w = r.w + c;
  for (size_t i = r.kernel_h; i != 0; --i, a += r.rectangle.row_pointers) {
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
          Unroll<P>([&](auto p) ADZE_INLINE_LAMBDA { acc[p][v] = Fma(load(a[p * r.rectangle.pixel_step + j] + c, v), tap, acc[p][v]); });
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
      kMasked ? StoreN(to, out, lanes) : Store(to + v * kF32Lanes, out);
    });
  });
}

// All pixels for NV vectors of channels, P of a row at a time: the last P of a row overlap those before them.
template <size_t P, size_t NV, size_t KW, size_t STEP, bool kMasked>
ADZE_INLINE void DwconvPixels(const DwconvF32Run& r, size_t c, size_t w_row, size_t lanes) {
  const float* const* a = r.rectangle.a;
  char* y = reinterpret_cast<char*>(r.rectangle.y);
  for (size_t row = r.rectangle.rows; row != 0; --row, a += r.rectangle.row_step, y += r.y_row_bytes) {
    for (size_t i = 0; i < r.rectangle.pixels; i += P) {
      const size_t p = i + P <= r.rectangle.pixels ? i : r.rectangle.pixels - P;
      DwconvBlock<P, NV, KW, STEP, kMasked>(r, a + p * r.rectangle.pixel_step, y + p * r.y_pixel_bytes, c, w_row, lanes);
    }
  }
}

// Channels outermost, so that the input that neighbouring pixels share comes from the nearest cache. Rows shorter than P, and channels short
// of a block where masks are not free, go pixel by pixel.
template <size_t P, size_t NV, size_t KW, size_t STEP>
ADZE_INLINE void DwconvF32(const DwconvF32Run& r) {
  static_assert(!kMasksAreFree || NV == 1, "one mask");
  const size_t w_row = static_cast<size_t>(RoundUp(static_cast<int64_t>(r.channels), kPanelColumns));
  const auto lanes = [&](size_t c) ADZE_INLINE_LAMBDA { return r.channels - c < kF32Lanes ? r.channels - c : kF32Lanes; };
  const size_t whole = kMasksAreFree ? r.channels : r.channels / (NV * kF32Lanes) * (NV * kF32Lanes);
  size_t c = 0;
  if (r.rectangle.pixels >= P) {
    for (; c < whole; c += NV * kF32Lanes) DwconvPixels<P, NV, KW, STEP, kMasksAreFree>(r, c, w_row, lanes(c));
  }
  for (; c < r.channels; c += kF32Lanes) DwconvPixels<1, 1, 0, 0, true>(r, c, w_row, lanes(c));
}

}  // namespace
}  // namespace adze
