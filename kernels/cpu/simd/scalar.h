// SPDX-License-Identifier: Apache-2.0
// simd.h for a CPU of which nothing is known: 4 lanes in the compiler's own vectors, which every base ISA can be given (SSE2 is part
// of x86-64). A product is rounded before it is added, as in the reference kernels.
#pragma once

#if defined(__SSE2__)
#include <emmintrin.h>
#else
#include <arm_neon.h>
#endif

#include <cstdint>
#include <cstring>

#include "kernels/cpu/simd/inline.h"

namespace adze {
namespace {

typedef float F32x4 __attribute__((vector_size(16)));
typedef int32_t I32x4 __attribute__((vector_size(16)));
struct F32 {
  F32x4 v;
};
using F32Half = F32;  // 8 columns are whole vectors
inline constexpr size_t kF32Lanes = 4;
inline constexpr bool kMasksAreFree = false;

ADZE_INLINE F32 Broadcast(float s) { return {F32x4{s, s, s, s}}; }
ADZE_INLINE F32 Load(const float* p) {
  F32 a;
  std::memcpy(&a.v, p, sizeof(a.v));
  return a;
}
ADZE_INLINE F32 LoadN(const float* p, size_t n) {
  if (n >= 4) return Load(p);
  return {F32x4{n > 0 ? p[0] : 0, n > 1 ? p[1] : 0, n > 2 ? p[2] : 0, 0}};
}
ADZE_INLINE void Store(float* p, F32 a) { std::memcpy(p, &a.v, sizeof(a.v)); }
ADZE_INLINE void StoreN(float* p, F32 a, size_t n) {
  if (n >= 4) return Store(p, a);
  if (n > 0) p[0] = a.v[0];
  if (n > 1) p[1] = a.v[1];
  if (n > 2) p[2] = a.v[2];
}
ADZE_INLINE F32 Add(F32 a, F32 b) { return {a.v + b.v}; }
ADZE_INLINE F32 Sub(F32 a, F32 b) { return {a.v - b.v}; }
ADZE_INLINE F32 Mul(F32 a, F32 b) { return {a.v * b.v}; }
ADZE_INLINE F32 Div(F32 a, F32 b) { return {a.v / b.v}; }
ADZE_INLINE F32 Fma(F32 a, F32 b, F32 c) { return {a.v * b.v + c.v}; }
ADZE_INLINE F32 Clamp(F32 x, F32 lo, F32 hi) {
  const F32x4 at_least = x.v < lo.v ? lo.v : x.v;
  return {at_least > hi.v ? hi.v : at_least};
}
ADZE_INLINE F32 Max(F32 a, F32 b) { return {(a.v > b.v) | (a.v != a.v) ? a.v : b.v}; }

#if defined(__SSE2__)
ADZE_INLINE F32 Sqrt(F32 a) { return {_mm_sqrt_ps(a.v)}; }
ADZE_INLINE I32x4 ToIntegers(F32 a) { return (I32x4)_mm_cvtps_epi32(a.v); }  // NaN gives some integer, as the instruction has it
#else
ADZE_INLINE F32 Sqrt(F32 a) { return {vsqrtq_f32(a.v)}; }
ADZE_INLINE I32x4 ToIntegers(F32 a) { return vcvtq_s32_f32(a.v); }
#endif
// 2^n of an integer n in -126 .. 127.
ADZE_INLINE F32 Pow2(F32 n) { return {(F32x4)((ToIntegers(n) + 127) << 23)}; }
// In two steps, so that a subnormal result rounds once: each factor is a normal power of two for n in -252 .. 254.
ADZE_INLINE F32 ScaleByPow2(F32 a, F32 n) {
  const F32 to_integer = Broadcast(12582912.0f);
  const F32 half = Sub(Fma(n, Broadcast(0.5f), to_integer), to_integer);
  return Mul(Mul(a, Pow2(half)), Pow2(Sub(n, half)));
}

}  // namespace
}  // namespace adze
