// SPDX-License-Identifier: Apache-2.0
// Micro-kernel softmax_f32 for AArch64 Advanced SIMD.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/normalize/row_loops.h"

namespace adze {

extern "C" {
extern const SoftmaxF32Ukernel adze_softmax_f32__neon;
const SoftmaxF32Ukernel adze_softmax_f32__neon = {SoftmaxRow<>};
}

}  // namespace adze
