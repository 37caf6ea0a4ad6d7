// SPDX-License-Identifier: Apache-2.0
// asinh of float32 for any CPU.
#include "kernels/cpu/math/exponential.h"
#include "kernels/cpu/math/map.h"

namespace adze {

extern "C" {
extern const Kernel adze_asinh_f32__scalar;
const Kernel adze_asinh_f32__scalar = {Map<AsinhOf, float>};
}

}  // namespace adze
