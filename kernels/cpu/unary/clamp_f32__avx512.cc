// SPDX-License-Identifier: Apache-2.0
// Micro-kernel clamp_f32 for AVX-512.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/unary/unary_loop.h"

namespace adze {

extern "C" {
extern const UnaryF32Ukernel adze_clamp_f32__avx512;
const UnaryF32Ukernel adze_clamp_f32__avx512 = {ClampLoop};
}

}  // namespace adze
