// SPDX-License-Identifier: Apache-2.0
// neg of int64 for any CPU.
#include "kernels/cpu/math/map.h"
#include "kernels/cpu/math/rounding.h"

namespace adze {

extern "C" {
extern const Kernel adze_neg_i64__scalar;
const Kernel adze_neg_i64__scalar = {Map<NegOf, int64_t>};
}

}  // namespace adze
