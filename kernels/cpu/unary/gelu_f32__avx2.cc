// SPDX-License-Identifier: Apache-2.0
// Micro-kernel gelu_f32 for AVX2.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/unary/math_ops.h"

namespace adze {

extern "C" {
extern const UnaryF32Ukernel adze_gelu_f32__avx2;
const UnaryF32Ukernel adze_gelu_f32__avx2 = {MapLoop<GeluOp>};
}

}  // namespace adze
