// SPDX-License-Identifier: Apache-2.0
// The loop of the micro-kernels y[i] = f(x[i]), over the vector of the ISA that the including unit is compiled for, and the functions that
// need no more than the vector. A unit includes kernels/cpu/simd/simd.h (or scalar.h) before this.
#pragma once

#include "kernels/contract/elementwise.h"

namespace adze {
namespace {

struct HardSwishOp {
  static ADZE_INLINE F32 Of(F32 x) {
    const F32 gate = Clamp(Add(x, Broadcast(3.0f)), Broadcast(0.0f), Broadcast(6.0f));
    return Mul(Mul(x, gate), Broadcast(1.0f / 6.0f));
  }
};

template <typename Op>
void MapLoop(const UnaryF32Run& run) {
  const float* x = run.x;
  float* y = run.y;
  size_t n = run.n;
  for (; n >= kF32Lanes; n -= kF32Lanes) {
    Store(y, Op::Of(Load(x)));
    x += kF32Lanes;
    y += kF32Lanes;
  }
  if (n > 0) StoreN(y, Op::Of(LoadN(x, n)), n);
}

}  // namespace
}  // namespace adze
