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

}  // namespace
}  // namespace adze
