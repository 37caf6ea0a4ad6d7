// SPDX-License-Identifier: Apache-2.0
// Micro-kernel max_f32 for AArch64 Advanced SIMD.
#include "kernels/cpu/simd/simd.h"
// The loop is over the vector above.
#include "kernels/cpu/binary/binary_loop.h"

namespace adze {

extern "C" {
extern const BinaryF32Ukernel adze_max_f32__neon;
const BinaryF32Ukernel adze_max_f32__neon = {BinaryLoop<MaxOp>};
}

}  // namespace adze
