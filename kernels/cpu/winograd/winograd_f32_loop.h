// SPDX-License-Identifier: Apache-2.0
// The transforms of winograd_f32, once for all ISAs: the vector type comes from the simd header included first.
//
// Columns first, then rows, with the 36 vectors between on the stack: few ISAs have registers for them, and loops keep the code at a sixth.
#pragma once

#include "kernels/contract/winograd.h"
#include "op-registry/core/winograd.h"

namespace adze {
namespace {

// v = Bt d. The pairs of points a, -a and b, -b share their even and odd halves.
ADZE_INLINE void WinogradBt(const F32 (&d)[6], F32 (&v)[6]) {
  const F32 sum = Broadcast(-kWinogradSum);
  const F32 product = Broadcast(kWinogradProduct);
  v[0] = Fma(product, d[0], Fma(sum, d[2], d[4]));
  v[5] = Fma(product, d[1], Fma(sum, d[3], d[5]));
  const auto pair = [&](float point, float other2, F32* plus, F32* minus) ADZE_INLINE_LAMBDA {
    const F32 even = Fma(Broadcast(-other2), d[2], d[4]);
    const F32 odd = Fma(Broadcast(-other2), d[1], d[3]);
    *plus = Fma(Broadcast(point), odd, even);
    *minus = Fma(Broadcast(-point), odd, even);
  };
  pair(kWinogradA, kWinogradB2, &v[1], &v[2]);
  pair(kWinogradB, kWinogradA2, &v[3], &v[4]);
}

// y = At m.
ADZE_INLINE void WinogradAt(const F32 (&m)[6], F32 (&y)[4]) {
  const F32 even_a = Add(m[1], m[2]);
  const F32 odd_a = Sub(m[1], m[2]);
  const F32 even_b = Add(m[3], m[4]);
  const F32 odd_b = Sub(m[3], m[4]);
  y[0] = Add(m[0], Add(even_a, even_b));
  y[1] = Fma(Broadcast(kWinogradA), odd_a, Mul(Broadcast(kWinogradB), odd_b));
  y[2] = Fma(Broadcast(kWinogradA2), even_a, Mul(Broadcast(kWinogradB2), even_b));
  y[3] = Fma(Broadcast(kWinogradA3), odd_a, Fma(Broadcast(kWinogradB3), odd_b, m[5]));
}

ADZE_INLINE void WinogradInput(const WinogradF32Input& p) {
  alignas(64) float between[kWinogradPositions * kF32Lanes];
  const size_t bytes = p.position_bytes;
  char* v = reinterpret_cast<char*>(p.v);
  for (size_t c = 0; c < p.channels; c += kF32Lanes, v += kF32Lanes * sizeof(float)) {
    const size_t left = p.channels - c;
    F32 d[6];
    F32 t[6];
    const auto columns = [&](const auto& load) ADZE_INLINE_LAMBDA {
      for (size_t j = 0; j < 6; ++j) {
        Unroll<6>([&](auto i) ADZE_INLINE_LAMBDA { d[i] = load(p.x[i * 6 + j] + c); });
        WinogradBt(d, t);
        Unroll<6>([&](auto i) ADZE_INLINE_LAMBDA { Store(between + (i * 6 + j) * kF32Lanes, t[i]); });
      }
    };
    if (left >= kF32Lanes) {
      columns([](const float* x) ADZE_INLINE_LAMBDA { return Load(x); });
    } else {
      columns([&](const float* x) ADZE_INLINE_LAMBDA { return LoadN(x, left); });
    }
    char* to = v;
    for (size_t i = 0; i < 6; ++i) {
      Unroll<6>([&](auto j) ADZE_INLINE_LAMBDA { d[j] = Load(between + (i * 6 + j) * kF32Lanes); });
      WinogradBt(d, t);
      Unroll<6>([&](auto j) ADZE_INLINE_LAMBDA {
        Store(reinterpret_cast<float*>(to), t[j]);
        to += bytes;
      });
    }
  }
}

ADZE_INLINE void WinogradOutput(const WinogradF32Output& o) {
  alignas(64) float between[kWinogradOut * kWinogradIn * kF32Lanes];
  const F32 lo = Broadcast(o.lo);
  const F32 hi = Broadcast(o.hi);
  for (size_t c = 0; c < o.channels; c += kF32Lanes) {
    const size_t left = o.channels - c;
    const char* m = reinterpret_cast<const char*>(o.m + c);
    for (size_t j = 0; j < 6; ++j, m += o.position_bytes) {
      F32 d[6];
      F32 t[4];
      const char* from = m;
      Unroll<6>([&](auto i) ADZE_INLINE_LAMBDA {
        d[i] = Load(reinterpret_cast<const float*>(from));
        from += 6 * o.position_bytes;
      });
      WinogradAt(d, t);
      Unroll<4>([&](auto i) ADZE_INLINE_LAMBDA { Store(between + (i * 6 + j) * kF32Lanes, t[i]); });
    }
    const F32 bias = Load(o.bias + c);
    char* y = reinterpret_cast<char*>(o.y + c);
    const char* residual = reinterpret_cast<const char*>(o.residual + c);
    for (size_t i = 0; i < o.rows; ++i, y += o.y_row_bytes, residual += o.residual_row_bytes) {
      F32 d[6];
      alignas(64) float line[kWinogradOut * kF32Lanes];
      F32 t[4];
      Unroll<6>([&](auto j) ADZE_INLINE_LAMBDA { d[j] = Load(between + (i * 6 + j) * kF32Lanes); });
      WinogradAt(d, t);
      Unroll<4>([&](auto j) ADZE_INLINE_LAMBDA { Store(line + j * kF32Lanes, Add(t[j], bias)); });
      for (size_t j = 0; j < o.pixels; ++j) {
        F32 out = Load(line + j * kF32Lanes);
        float* to = reinterpret_cast<float*>(y + j * o.y_pixel_bytes);
        const auto* r = reinterpret_cast<const float*>(residual + j * o.residual_pixel_bytes);
        if (left >= kF32Lanes) {
          if (o.residual != nullptr) out = Add(out, Load(r));
          Store(to, Clamp(out, lo, hi));
        } else {
          if (o.residual != nullptr) out = Add(out, LoadN(r, left));
          StoreN(to, Clamp(out, lo, hi), left);
        }
      }
    }
  }
}

}  // namespace
}  // namespace adze
