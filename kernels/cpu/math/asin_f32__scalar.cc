// SPDX-License-Identifier: Apache-2.0
// asin of float32 for any CPU.
#include "kernels/cpu/math/map.h"
#include "kernels/cpu/math/trigonometry.h"

namespace adze {

extern "C" {
extern const Kernel adze_asin_f32__scalar;
const Kernel adze_asin_f32__scalar = {Map<AsinOf, float>};
}

}  // namespace adze
