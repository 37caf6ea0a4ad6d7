// SPDX-License-Identifier: Apache-2.0
// The loop of the micro-kernels add_f32, div_f32, max_f32, min_f32, mul_f32 and sub_f32, over the vector of the ISA that the including unit is compiled for.
// A unit includes kernels/cpu/simd/simd.h (or scalar.h) before this.
#pragma once

#include "kernels/contract/elementwise.h"

namespace adze {
namespace {

struct AddOp {
  static ADZE_INLINE F32 Of(F32 a, F32 b) { return Add(a, b); }
};
struct DivOp {
  static ADZE_INLINE F32 Of(F32 a, F32 b) { return Div(a, b); }
};
struct MulOp {
  static ADZE_INLINE F32 Of(F32 a, F32 b) { return Mul(a, b); }
};
struct SubOp {
  static ADZE_INLINE F32 Of(F32 a, F32 b) { return Sub(a, b); }
};
// A NaN in either gives NaN, as in Max.
struct MinOp {
  static ADZE_INLINE F32 Of(F32 a, F32 b) {
    const F32 minus = Broadcast(-1.0f);
    return Mul(Max(Mul(a, minus), Mul(b, minus)), minus);
  }
};
struct MaxOp {
  static ADZE_INLINE F32 Of(F32 a, F32 b) { return Max(a, b); }
};

// The steps are tested inside the loop: the branch is predicted, and one loop is a quarter of the code of four.
template <typename Op>
void BinaryLoop(const BinaryF32Run& run) {
  const F32 lo = Broadcast(run.lo);
  const F32 hi = Broadcast(run.hi);
  const float* a = run.a;
  const float* b = run.b;
  float* y = run.y;
  size_t n = run.n;
  for (; n >= kF32Lanes; n -= kF32Lanes) {
    const F32 va = run.a_step != 0 ? Load(a) : Broadcast(*a);
    const F32 vb = run.b_step != 0 ? Load(b) : Broadcast(*b);
    Store(y, Clamp(Op::Of(va, vb), lo, hi));
    a += run.a_step * kF32Lanes;
    b += run.b_step * kF32Lanes;
    y += kF32Lanes;
  }
  if (n == 0) return;
  const F32 va = run.a_step != 0 ? LoadN(a, n) : Broadcast(*a);
  const F32 vb = run.b_step != 0 ? LoadN(b, n) : Broadcast(*b);
  StoreN(y, Clamp(Op::Of(va, vb), lo, hi), n);
}

}  // namespace
}  // namespace adze
