// SPDX-License-Identifier: Apache-2.0
// Micro-kernel add_f32 for AVX2.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/binary/binary_loop.h"

namespace adze {

extern "C" {
extern const BinaryF32Ukernel adze_add_f32__avx2;
const BinaryF32Ukernel adze_add_f32__avx2 = {BinaryLoop<AddOp>};
}

}  // namespace adze
