// SPDX-License-Identifier: Apache-2.0
// The loop nest of maxpool_f32, once for all ISAs: the vector type comes from the simd header included first.
#pragma once

#include "kernels/contract/maxpool.h"

namespace adze {
namespace {

// One pixel, one vector of channels.
template <bool kMasked>
ADZE_INLINE void MaxpoolVector(const MaxpoolF32Run& r, const float* const* a, float* y, size_t c, size_t lanes) {
  F32 most = Broadcast(-__builtin_inff());
  for (size_t i = r.kernel_h; i != 0; --i, a += r.rectangle.row_pointers) {
    for (size_t j = 0; j < r.kernel_w; ++j) most = Max(kMasked ? LoadN(a[j] + c, lanes) : Load(a[j] + c), most);
  }
  most = Clamp(most, Broadcast(r.lo), Broadcast(r.hi));
  kMasked ? StoreN(y + c, most, lanes) : Store(y + c, most);
}

ADZE_INLINE void MaxpoolF32(const MaxpoolF32Run& r) {
  const float* const* row = r.rectangle.a;
  char* y_row = reinterpret_cast<char*>(r.rectangle.y);
  for (size_t n = r.rectangle.rows; n != 0; --n, row += r.rectangle.row_step, y_row += r.y_row_bytes) {
    const float* const* a = row;
    char* at = y_row;
    for (size_t p = r.rectangle.pixels; p != 0; --p, a += r.rectangle.pixel_step, at += r.y_pixel_bytes) {
      float* y = reinterpret_cast<float*>(at);
      size_t c = 0;
      for (; c + kF32Lanes <= r.channels; c += kF32Lanes) MaxpoolVector<false>(r, a, y, c, kF32Lanes);
      if (c != r.channels) MaxpoolVector<true>(r, a, y, c, r.channels - c);
    }
  }
}

}  // namespace
}  // namespace adze
