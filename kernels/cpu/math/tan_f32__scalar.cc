// SPDX-License-Identifier: Apache-2.0
// tan of float32 for any CPU.
#include "kernels/cpu/math/map.h"
#include "kernels/cpu/math/trigonometry.h"

namespace adze {

extern "C" {
extern const Kernel adze_tan_f32__scalar;
const Kernel adze_tan_f32__scalar = {Map<TanOf, float>};
}

}  // namespace adze
