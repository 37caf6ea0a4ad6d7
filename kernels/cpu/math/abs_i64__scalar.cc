// SPDX-License-Identifier: Apache-2.0
// abs of int64 for any CPU.
#include "kernels/cpu/math/map.h"
#include "kernels/cpu/math/rounding.h"

namespace adze {

extern "C" {
extern const Kernel adze_abs_i64__scalar;
const Kernel adze_abs_i64__scalar = {Map<AbsOf, int64_t>};
}

}  // namespace adze
