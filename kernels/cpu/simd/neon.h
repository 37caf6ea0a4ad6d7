// SPDX-License-Identifier: Apache-2.0
// simd.h for AArch64 Advanced SIMD: 4 lanes, tails lane by lane.
#pragma once

#include <arm_neon.h>

#include "kernels/cpu/simd/inline.h"

namespace adze {
namespace {

struct F32 {
  float32x4_t v;
};
using F32Half = F32;  // 8 columns are whole vectors
inline constexpr size_t kF32Lanes = 4;
inline constexpr bool kMasksAreFree = false;

ADZE_INLINE F32 Broadcast(float s) { return {vdupq_n_f32(s)}; }
ADZE_INLINE F32 Load(const float* p) { return {vld1q_f32(p)}; }
ADZE_INLINE F32 LoadN(const float* p, size_t n) {
  if (n >= 4) return Load(p);
  float32x4_t v = vdupq_n_f32(0);
  if (n > 0) v = vld1q_lane_f32(p, v, 0);
  if (n > 1) v = vld1q_lane_f32(p + 1, v, 1);
  if (n > 2) v = vld1q_lane_f32(p + 2, v, 2);
  return {v};
}
ADZE_INLINE void Store(float* p, F32 a) { vst1q_f32(p, a.v); }
ADZE_INLINE void StoreN(float* p, F32 a, size_t n) {
  if (n >= 4) return Store(p, a);
  if (n > 0) vst1q_lane_f32(p, a.v, 0);
  if (n > 1) vst1q_lane_f32(p + 1, a.v, 1);
  if (n > 2) vst1q_lane_f32(p + 2, a.v, 2);
}
ADZE_INLINE F32 Add(F32 a, F32 b) { return {vaddq_f32(a.v, b.v)}; }
ADZE_INLINE F32 Sub(F32 a, F32 b) { return {vsubq_f32(a.v, b.v)}; }
ADZE_INLINE F32 Mul(F32 a, F32 b) { return {vmulq_f32(a.v, b.v)}; }
ADZE_INLINE F32 Div(F32 a, F32 b) { return {vdivq_f32(a.v, b.v)}; }
ADZE_INLINE F32 Fma(F32 a, F32 b, F32 c) { return {vfmaq_f32(c.v, a.v, b.v)}; }
// Compare and select rather than FMAX: the same bits as on x86 for NaN and for zeros of either sign.
ADZE_INLINE F32 Clamp(F32 x, F32 lo, F32 hi) {
  const float32x4_t at_least = vbslq_f32(vcltq_f32(x.v, lo.v), lo.v, x.v);
  return {vbslq_f32(vcgtq_f32(at_least, hi.v), hi.v, at_least)};
}
ADZE_INLINE F32 Max(F32 a, F32 b) {
  const uint32x4_t keep_a = vorrq_u32(vcgtq_f32(a.v, b.v), vmvnq_u32(vceqq_f32(a.v, a.v)));
  return {vbslq_f32(keep_a, a.v, b.v)};
}

ADZE_INLINE F32 Sqrt(F32 a) { return {vsqrtq_f32(a.v)}; }
// 2^n of an integer n in -126 .. 127.
ADZE_INLINE F32 Pow2(F32 n) { return {vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(vcvtq_s32_f32(n.v), vdupq_n_s32(127)), 23))}; }
// In two steps, so that a subnormal result rounds once: each factor is a normal power of two for n in -252 .. 254.
ADZE_INLINE F32 ScaleByPow2(F32 a, F32 n) {
  const F32 to_integer = Broadcast(12582912.0f);
  const F32 half = Sub(Fma(n, Broadcast(0.5f), to_integer), to_integer);
  return Mul(Mul(a, Pow2(half)), Pow2(Sub(n, half)));
}

}  // namespace
}  // namespace adze
