// SPDX-License-Identifier: Apache-2.0
// Micro-kernel gelu_f32 for any CPU.
#include "kernels/cpu/simd/scalar.h"
// The loop is over the vector above.
#include "kernels/cpu/unary/math_ops.h"

namespace adze {

extern "C" {
extern const UnaryF32Ukernel adze_gelu_f32__scalar;
const UnaryF32Ukernel adze_gelu_f32__scalar = {MapLoop<GeluOp>};
}

}  // namespace adze
