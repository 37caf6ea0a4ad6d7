// SPDX-License-Identifier: Apache-2.0
// sign of int64 for any CPU.
#include "kernels/cpu/math/map.h"
#include "kernels/cpu/math/rounding.h"

namespace adze {

extern "C" {
extern const Kernel adze_sign_i64__scalar;
const Kernel adze_sign_i64__scalar = {Map<SignOf, int64_t>};
}

}  // namespace adze
