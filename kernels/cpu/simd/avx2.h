// SPDX-License-Identifier: Apache-2.0
// simd.h for AVX2 + FMA: 8 lanes, tails by masked loads and stores.
#pragma once

#include <immintrin.h>

#include "kernels/cpu/simd/inline.h"

namespace adze {
namespace {

struct F32 {
  __m256 v;
};
using F32Half = F32;  // 8 columns are whole vectors
inline constexpr size_t kF32Lanes = 8;
inline constexpr bool kMasksAreFree = false;

ADZE_INLINE __m256i LaneMask(size_t n) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

ADZE_INLINE F32 Broadcast(float s) { return {_mm256_set1_ps(s)}; }
ADZE_INLINE F32 Load(const float* p) { return {_mm256_loadu_ps(p)}; }
ADZE_INLINE F32 LoadN(const float* p, size_t n) { return {_mm256_maskload_ps(p, LaneMask(n))}; }
ADZE_INLINE void Store(float* p, F32 a) { _mm256_storeu_ps(p, a.v); }
// In halves rather than by a masked store, which is 42 micro-operations on Zen 4.
ADZE_INLINE void StoreN(float* p, F32 a, size_t n) {
  if (n >= 8) return Store(p, a);
  __m128 rest = _mm256_castps256_ps128(a.v);
  if ((n & 4) != 0) {
    _mm_storeu_ps(p, rest);
    rest = _mm256_extractf128_ps(a.v, 1);
    p += 4;
  }
  if ((n & 2) != 0) {
    _mm_storel_pi(reinterpret_cast<__m64*>(p), rest);
    rest = _mm_movehl_ps(rest, rest);
    p += 2;
  }
  if ((n & 1) != 0) _mm_store_ss(p, rest);
}
ADZE_INLINE F32 Add(F32 a, F32 b) { return {_mm256_add_ps(a.v, b.v)}; }
ADZE_INLINE F32 Sub(F32 a, F32 b) { return {_mm256_sub_ps(a.v, b.v)}; }
ADZE_INLINE F32 Mul(F32 a, F32 b) { return {_mm256_mul_ps(a.v, b.v)}; }
ADZE_INLINE F32 Div(F32 a, F32 b) { return {_mm256_div_ps(a.v, b.v)}; }
ADZE_INLINE F32 Fma(F32 a, F32 b, F32 c) { return {_mm256_fmadd_ps(a.v, b.v, c.v)}; }
// The instruction returns its second operand where one is NaN.
ADZE_INLINE F32 Clamp(F32 x, F32 lo, F32 hi) { return {_mm256_min_ps(hi.v, _mm256_max_ps(lo.v, x.v))}; }
ADZE_INLINE F32 Max(F32 a, F32 b) { return {_mm256_blendv_ps(_mm256_max_ps(a.v, b.v), a.v, _mm256_cmp_ps(a.v, a.v, _CMP_UNORD_Q))}; }

ADZE_INLINE F32 Sqrt(F32 a) { return {_mm256_sqrt_ps(a.v)}; }
// 2^n of an integer n in -126 .. 127.
ADZE_INLINE F32 Pow2(F32 n) {
  return {_mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(n.v), _mm256_set1_epi32(127)), 23))};
}
// In two steps, so that a subnormal result rounds once: each factor is a normal power of two for n in -252 .. 254.
ADZE_INLINE F32 ScaleByPow2(F32 a, F32 n) {
  const F32 to_integer = Broadcast(12582912.0f);
  const F32 half = Sub(Fma(n, Broadcast(0.5f), to_integer), to_integer);
  return Mul(Mul(a, Pow2(half)), Pow2(Sub(n, half)));
}

}  // namespace
}  // namespace adze
