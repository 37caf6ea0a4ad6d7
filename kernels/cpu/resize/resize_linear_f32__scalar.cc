// SPDX-License-Identifier: Apache-2.0
// Micro-kernel resize_linear_f32 for any CPU.
#include "kernels/cpu/simd/scalar.h"
// The loop is over the vector above.
#include "kernels/cpu/resize/resize_linear_f32_loop.h"

namespace adze {

extern "C" {
extern const ResizeLinearF32Ukernel adze_resize_linear_f32__scalar;
const ResizeLinearF32Ukernel adze_resize_linear_f32__scalar = {ResizeLinearRow<>};
}

}  // namespace adze
