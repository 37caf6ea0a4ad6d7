// SPDX-License-Identifier: Apache-2.0
// Micro-kernel gate_f32 for AVX2.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/recurrent/gate_loop.h"

namespace adze {

extern "C" {
extern const GateF32Ukernel adze_gate_f32__avx2;
const GateF32Ukernel adze_gate_f32__avx2 = {GateLoop<CommonGate>, MixLoop<>};
}

}  // namespace adze
