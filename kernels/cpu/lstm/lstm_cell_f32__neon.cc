// SPDX-License-Identifier: Apache-2.0
// Micro-kernel lstm_cell_f32 for AArch64 Advanced SIMD.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/lstm/lstm_cell_loop.h"

namespace adze {

extern "C" {
extern const LstmCellF32Ukernel adze_lstm_cell_f32__neon;
const LstmCellF32Ukernel adze_lstm_cell_f32__neon = {LstmCell<>};
}

}  // namespace adze
