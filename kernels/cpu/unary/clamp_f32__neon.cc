// SPDX-License-Identifier: Apache-2.0
// Micro-kernel clamp_f32 for AArch64 Advanced SIMD.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/unary/unary_loop.h"

namespace adze {

extern "C" {
extern const UnaryF32Ukernel adze_clamp_f32__neon;
const UnaryF32Ukernel adze_clamp_f32__neon = {ClampLoop};
}

}  // namespace adze
