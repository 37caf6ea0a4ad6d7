// SPDX-License-Identifier: Apache-2.0
// simd.h for AVX-512: 16 lanes, tails by mask registers.
#pragma once

#include <immintrin.h>

#include "kernels/cpu/simd/inline.h"

namespace adze {
namespace {

struct F32 {
  __m512 v;
};
inline constexpr size_t kF32Lanes = 16;
inline constexpr bool kMasksAreFree = true;

ADZE_INLINE __mmask16 LaneMask(size_t n) { return static_cast<__mmask16>((1u << n) - 1); }

ADZE_INLINE F32 Broadcast(float s) { return {_mm512_set1_ps(s)}; }
ADZE_INLINE F32 Load(const float* p) { return {_mm512_loadu_ps(p)}; }
ADZE_INLINE F32 LoadN(const float* p, size_t n) { return {_mm512_maskz_loadu_ps(LaneMask(n), p)}; }
ADZE_INLINE void Store(float* p, F32 a) { _mm512_storeu_ps(p, a.v); }
ADZE_INLINE void StoreN(float* p, F32 a, size_t n) { _mm512_mask_storeu_ps(p, LaneMask(n), a.v); }
ADZE_INLINE F32 Add(F32 a, F32 b) { return {_mm512_add_ps(a.v, b.v)}; }
ADZE_INLINE F32 Sub(F32 a, F32 b) { return {_mm512_sub_ps(a.v, b.v)}; }
ADZE_INLINE F32 Mul(F32 a, F32 b) { return {_mm512_mul_ps(a.v, b.v)}; }
ADZE_INLINE F32 Div(F32 a, F32 b) { return {_mm512_div_ps(a.v, b.v)}; }
ADZE_INLINE F32 Fma(F32 a, F32 b, F32 c) { return {_mm512_fmadd_ps(a.v, b.v, c.v)}; }
// The instructions return their second operand where one is NaN. The zero-masked forms with all lanes on are the same instructions;
// gcc 12 warns about an uninitialized operand inside the plain ones.
inline constexpr __mmask16 kAllLanes = 0xffff;
ADZE_INLINE F32 Clamp(F32 x, F32 lo, F32 hi) { return {_mm512_maskz_min_ps(kAllLanes, hi.v, _mm512_maskz_max_ps(kAllLanes, lo.v, x.v))}; }
ADZE_INLINE F32 Max(F32 a, F32 b) {
  const __mmask16 a_nan = _mm512_cmp_ps_mask(a.v, a.v, _CMP_UNORD_Q);
  return {_mm512_mask_mov_ps(_mm512_maskz_max_ps(kAllLanes, a.v, b.v), a_nan, a.v)};
}

ADZE_INLINE F32 Sqrt(F32 a) { return {_mm512_maskz_sqrt_ps(kAllLanes, a.v)}; }
ADZE_INLINE F32 ScaleByPow2(F32 a, F32 n) { return {_mm512_maskz_scalef_ps(kAllLanes, a.v, n.v)}; }

// Half a vector, where 8 columns are left: such instructions take half the time on a CPU that splits those of 16 lanes.
struct F32Half {
  __m256 v;
};
ADZE_INLINE void Load(const float* p, F32Half* a) { a->v = _mm256_loadu_ps(p); }
ADZE_INLINE void LoadN(const float* p, size_t n, F32Half* a) { a->v = _mm256_maskz_loadu_ps(static_cast<__mmask8>(LaneMask(n)), p); }
ADZE_INLINE void Broadcast(float s, F32Half* a) { a->v = _mm256_set1_ps(s); }
ADZE_INLINE void Store(float* p, F32Half a) { _mm256_storeu_ps(p, a.v); }
ADZE_INLINE void StoreN(float* p, F32Half a, size_t n) { _mm256_mask_storeu_ps(p, static_cast<__mmask8>(LaneMask(n)), a.v); }
ADZE_INLINE F32Half Add(F32Half a, F32Half b) { return {_mm256_add_ps(a.v, b.v)}; }
ADZE_INLINE F32Half Fma(F32Half a, F32Half b, F32Half c) { return {_mm256_fmadd_ps(a.v, b.v, c.v)}; }
ADZE_INLINE F32Half Clamp(F32Half x, F32Half lo, F32Half hi) { return {_mm256_min_ps(hi.v, _mm256_max_ps(lo.v, x.v))}; }

}  // namespace
}  // namespace adze
