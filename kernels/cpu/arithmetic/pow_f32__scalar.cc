// SPDX-License-Identifier: Apache-2.0
// pow of float32 for any CPU.
#include "kernels/cpu/arithmetic/float_ops.h"
#include "kernels/cpu/binary/pair.h"

namespace adze {

extern "C" {
extern const Kernel adze_pow_f32__scalar;
const Kernel adze_pow_f32__scalar = {Pair<PowFloats, float>};
}

}  // namespace adze
