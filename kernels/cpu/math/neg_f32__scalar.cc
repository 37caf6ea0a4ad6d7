// SPDX-License-Identifier: Apache-2.0
// neg of float32 for any CPU.
#include "kernels/cpu/math/map.h"
#include "kernels/cpu/math/rounding.h"

namespace adze {

extern "C" {
extern const Kernel adze_neg_f32__scalar;
const Kernel adze_neg_f32__scalar = {Map<NegOf, float>};
}

}  // namespace adze
