// SPDX-License-Identifier: Apache-2.0
// Micro-kernel hard_swish_f32 for AVX2.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/unary/map_loop.h"

namespace adze {

extern "C" {
extern const UnaryF32Ukernel adze_hard_swish_f32__avx2;
const UnaryF32Ukernel adze_hard_swish_f32__avx2 = {MapLoop<HardSwishOp>};
}

}  // namespace adze
