// SPDX-License-Identifier: Apache-2.0
// Micro-kernel resize_linear_f32 for AVX2.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/resize/resize_linear_f32_loop.h"

namespace adze {

extern "C" {
extern const ResizeLinearF32Ukernel adze_resize_linear_f32__avx2;
const ResizeLinearF32Ukernel adze_resize_linear_f32__avx2 = {ResizeLinearRow<>};
}

}  // namespace adze
