// SPDX-License-Identifier: Apache-2.0
// atan of float32 for any CPU.
#include "kernels/cpu/math/map.h"
#include "kernels/cpu/math/trigonometry.h"

namespace adze {

extern "C" {
extern const Kernel adze_atan_f32__scalar;
const Kernel adze_atan_f32__scalar = {Map<AtanOf, float>};
}

}  // namespace adze
