// SPDX-License-Identifier: Apache-2.0
// Micro-kernel lstm_cell_f32 for AVX-512.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/lstm/lstm_cell_loop.h"

namespace adze {

extern "C" {
extern const LstmCellF32Ukernel adze_lstm_cell_f32__avx512;
const LstmCellF32Ukernel adze_lstm_cell_f32__avx512 = {LstmCell<>};
}

}  // namespace adze
