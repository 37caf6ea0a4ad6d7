// SPDX-License-Identifier: Apache-2.0
// Micro-kernel sigmoid_f32 for AVX-512.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/unary/math_ops.h"

namespace adze {

extern "C" {
extern const UnaryF32Ukernel adze_sigmoid_f32__avx512;
const UnaryF32Ukernel adze_sigmoid_f32__avx512 = {MapLoop<SigmoidOp>};
}

}  // namespace adze
