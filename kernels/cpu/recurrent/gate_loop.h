// SPDX-License-Identifier: Apache-2.0
// The micro-kernel gate_f32, over the vector of the ISA that the including unit is compiled for. A unit includes kernels/cpu/simd/simd.h (or
// scalar.h) before this.
#pragma once

#include "kernels/contract/gate.h"
#include "kernels/cpu/simd/math.h"

namespace adze {
namespace {

// The functions up to kClamp.
struct CommonGate {
  static ADZE_INLINE F32 Of(const Gate& f, F32 x) {
    if (f.function == GateFunction::kSigmoid) return Sigmoid(x);
    if (f.function == GateFunction::kTanh) return Tanh(x);
    return Clamp(x, Broadcast(f.alpha), Broadcast(f.beta));
  }
};

// A tail takes the whole loop's body once more on the first lanes: half the code of a second copy.
template <typename Function>
void GateLoop(const GateF32Run& run) {
  const F32 lo = Broadcast(-run.clip), hi = Broadcast(run.clip);
  for (size_t at = 0; at < run.n; at += kF32Lanes) {
    const size_t left = run.n - at;
    const size_t lanes = left < kF32Lanes ? left : kF32Lanes;
    F32 x = LoadN(run.x + at, lanes);
    if (run.p != nullptr) x = Fma(LoadN(run.p + at, lanes), LoadN(run.c + at, lanes), x);
    F32 y = Function::Of(run.f, Clamp(x, lo, hi));
    if (run.m != nullptr) y = Mul(y, LoadN(run.m + at, lanes));
    StoreN(run.y + at, y, lanes);
  }
}

template <int = 0>
void MixLoop(const MixF32Run& run) {
  for (size_t at = 0; at < run.n; at += kF32Lanes) {
    const size_t left = run.n - at;
    const size_t lanes = left < kF32Lanes ? left : kF32Lanes;
    const F32 f = LoadN(run.f + at, lanes);
    const F32 a = run.a != nullptr ? LoadN(run.a + at, lanes) : Sub(Broadcast(1.0f), f);
    StoreN(run.y + at, Fma(f, LoadN(run.y + at, lanes), Mul(a, LoadN(run.b + at, lanes))), lanes);
  }
}

}  // namespace
}  // namespace adze
