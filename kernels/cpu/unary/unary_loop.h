// SPDX-License-Identifier: Apache-2.0
// The loop of the micro-kernel clamp_f32, over the vector of the ISA that the including unit is compiled for.
// A unit includes kernels/cpu/simd/simd.h (or scalar.h) before this.
#pragma once

#include "kernels/contract/elementwise.h"

namespace adze {
namespace {

void ClampLoop(const UnaryF32Run& run) {
  const F32 lo = Broadcast(run.lo);
  const F32 hi = Broadcast(run.hi);
  const float* x = run.x;
  float* y = run.y;
  size_t n = run.n;
  for (; n >= kF32Lanes; n -= kF32Lanes) {
    Store(y, Clamp(Load(x), lo, hi));
    x += kF32Lanes;
    y += kF32Lanes;
  }
  if (n > 0) StoreN(y, Clamp(LoadN(x, n), lo, hi), n);
}

}  // namespace
}  // namespace adze
