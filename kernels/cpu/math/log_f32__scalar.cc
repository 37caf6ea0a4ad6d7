// SPDX-License-Identifier: Apache-2.0
// log of float32 for any CPU.
#include "kernels/cpu/math/exponential.h"
#include "kernels/cpu/math/map.h"

namespace adze {

extern "C" {
extern const Kernel adze_log_f32__scalar;
const Kernel adze_log_f32__scalar = {Map<LogOf, float>};
}

}  // namespace adze
