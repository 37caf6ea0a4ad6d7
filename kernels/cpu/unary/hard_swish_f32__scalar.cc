// SPDX-License-Identifier: Apache-2.0
// Micro-kernel hard_swish_f32 for any CPU.
#include "kernels/cpu/simd/scalar.h"
// The loop is over the vector above.
#include "kernels/cpu/unary/map_loop.h"

namespace adze {

extern "C" {
extern const UnaryF32Ukernel adze_hard_swish_f32__scalar;
const UnaryF32Ukernel adze_hard_swish_f32__scalar = {MapLoop<HardSwishOp>};
}

}  // namespace adze
