// SPDX-License-Identifier: Apache-2.0
// Micro-kernel softmax_f32 for any CPU.
#include "kernels/cpu/simd/scalar.h"
// The loop is over the vector above.
#include "kernels/cpu/normalize/row_loops.h"

namespace adze {

extern "C" {
extern const SoftmaxF32Ukernel adze_softmax_f32__scalar;
const SoftmaxF32Ukernel adze_softmax_f32__scalar = {SoftmaxRow<>};
}

}  // namespace adze
