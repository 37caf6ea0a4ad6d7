// SPDX-License-Identifier: Apache-2.0
// Micro-kernel gate_f32 for any CPU.
#include "kernels/cpu/simd/scalar.h"
// The loop is over the vector above.
#include "kernels/cpu/recurrent/gate_loop.h"

namespace adze {

extern "C" {
extern const GateF32Ukernel adze_gate_f32__scalar;
const GateF32Ukernel adze_gate_f32__scalar = {GateLoop<CommonGate>, MixLoop<>};
}

}  // namespace adze
