// SPDX-License-Identifier: Apache-2.0
// Micro-kernel mul_f32 for AVX-512.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/binary/binary_loop.h"

namespace adze {

extern "C" {
extern const BinaryF32Ukernel adze_mul_f32__avx512;
const BinaryF32Ukernel adze_mul_f32__avx512 = {BinaryLoop<MulOp>};
}

}  // namespace adze
