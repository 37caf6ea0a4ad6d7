// SPDX-License-Identifier: Apache-2.0
// neg of int32 for any CPU.
#include "kernels/cpu/math/map.h"
#include "kernels/cpu/math/rounding.h"

namespace adze {

extern "C" {
extern const Kernel adze_neg_i32__scalar;
const Kernel adze_neg_i32__scalar = {Map<NegOf, int32_t>};
}

}  // namespace adze
