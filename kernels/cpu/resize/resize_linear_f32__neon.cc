// SPDX-License-Identifier: Apache-2.0
// Micro-kernel resize_linear_f32 for AArch64 Advanced SIMD.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/resize/resize_linear_f32_loop.h"

namespace adze {

extern "C" {
extern const ResizeLinearF32Ukernel adze_resize_linear_f32__neon;
const ResizeLinearF32Ukernel adze_resize_linear_f32__neon = {ResizeLinearRow<>};
}

}  // namespace adze
