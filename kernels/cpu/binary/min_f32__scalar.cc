// SPDX-License-Identifier: Apache-2.0
// Micro-kernel min_f32 for any CPU.
#include "kernels/cpu/simd/scalar.h"
// The loop is over the vector above.
#include "kernels/cpu/binary/binary_loop.h"

namespace adze {

extern "C" {
extern const BinaryF32Ukernel adze_min_f32__scalar;
const BinaryF32Ukernel adze_min_f32__scalar = {BinaryLoop<MinOp>};
}

}  // namespace adze
