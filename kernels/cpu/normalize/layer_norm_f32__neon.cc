// SPDX-License-Identifier: Apache-2.0
// Micro-kernel layer_norm_f32 for AArch64 Advanced SIMD.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/normalize/row_loops.h"

namespace adze {

extern "C" {
extern const LayerNormF32Ukernel adze_layer_norm_f32__neon;
const LayerNormF32Ukernel adze_layer_norm_f32__neon = {LayerNormRow<>};
}

}  // namespace adze
