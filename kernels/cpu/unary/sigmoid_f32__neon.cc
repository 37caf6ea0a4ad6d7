// SPDX-License-Identifier: Apache-2.0
// Micro-kernel sigmoid_f32 for AArch64 Advanced SIMD.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/unary/math_ops.h"

namespace adze {

extern "C" {
extern const UnaryF32Ukernel adze_sigmoid_f32__neon;
const UnaryF32Ukernel adze_sigmoid_f32__neon = {MapLoop<SigmoidOp>};
}

}  // namespace adze
