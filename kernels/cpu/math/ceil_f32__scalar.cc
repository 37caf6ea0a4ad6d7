// SPDX-License-Identifier: Apache-2.0
// ceil of float32 for any CPU.
#include "kernels/cpu/math/map.h"
#include "kernels/cpu/math/rounding.h"

namespace adze {

extern "C" {
extern const Kernel adze_ceil_f32__scalar;
const Kernel adze_ceil_f32__scalar = {Map<CeilOf, float>};
}

}  // namespace adze
