// SPDX-License-Identifier: Apache-2.0
// atanh of float32 for any CPU.
#include "kernels/cpu/math/exponential.h"
#include "kernels/cpu/math/map.h"

namespace adze {

extern "C" {
extern const Kernel adze_atanh_f32__scalar;
const Kernel adze_atanh_f32__scalar = {Map<AtanhOf, float>};
}

}  // namespace adze
