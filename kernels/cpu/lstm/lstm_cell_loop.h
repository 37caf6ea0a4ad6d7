// SPDX-License-Identifier: Apache-2.0
// The micro-kernel lstm_cell_f32, over the vector of the ISA that the including unit is compiled for. A unit includes
// kernels/cpu/simd/simd.h (or scalar.h) before this.
#pragma once

#include "kernels/contract/lstm.h"
#include "kernels/cpu/simd/math.h"

namespace adze {
namespace {

struct LstmState {
  F32 cell, hidden;
};

ADZE_INLINE LstmState LstmStep(F32 i, F32 o, F32 f, F32 c, F32 cell) {
  cell = Fma(Sigmoid(f), cell, Mul(Sigmoid(i), Tanh(c)));
  return {cell, Mul(Sigmoid(o), Tanh(cell))};
}

// A tail takes the whole loop's body once more on the first lanes: half the code of a second copy.
template <int = 0>
void LstmCell(const LstmCellF32Run& run) {
  const size_t n = run.n;
  for (size_t at = 0; at < n; at += kF32Lanes) {
    const float* g = run.gates + at;
    const size_t left = n - at;
    const size_t lanes = left < kF32Lanes ? left : kF32Lanes;
    const LstmState s =
        LstmStep(LoadN(g, lanes), LoadN(g + n, lanes), LoadN(g + 2 * n, lanes), LoadN(g + 3 * n, lanes), LoadN(run.cell + at, lanes));
    StoreN(run.cell + at, s.cell, lanes);
    StoreN(run.hidden + at, s.hidden, lanes);
  }
}

}  // namespace
}  // namespace adze
