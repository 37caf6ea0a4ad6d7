// SPDX-License-Identifier: Apache-2.0
// acosh of float32 for any CPU.
#include "kernels/cpu/math/exponential.h"
#include "kernels/cpu/math/map.h"

namespace adze {

extern "C" {
extern const Kernel adze_acosh_f32__scalar;
const Kernel adze_acosh_f32__scalar = {Map<AcoshOf, float>};
}

}  // namespace adze
