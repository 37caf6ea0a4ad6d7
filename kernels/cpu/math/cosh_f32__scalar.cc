// SPDX-License-Identifier: Apache-2.0
// cosh of float32 for any CPU.
#include "kernels/cpu/math/exponential.h"
#include "kernels/cpu/math/map.h"

namespace adze {

extern "C" {
extern const Kernel adze_cosh_f32__scalar;
const Kernel adze_cosh_f32__scalar = {Map<CoshOf, float>};
}

}  // namespace adze
