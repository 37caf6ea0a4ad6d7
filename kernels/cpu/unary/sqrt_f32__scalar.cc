// SPDX-License-Identifier: Apache-2.0
// Micro-kernel sqrt_f32 for any CPU.
#include "kernels/cpu/simd/scalar.h"
// The loop is over the vector above.
#include "kernels/cpu/unary/math_ops.h"

namespace adze {

extern "C" {
extern const UnaryF32Ukernel adze_sqrt_f32__scalar;
const UnaryF32Ukernel adze_sqrt_f32__scalar = {MapLoop<SqrtOp>};
}

}  // namespace adze
