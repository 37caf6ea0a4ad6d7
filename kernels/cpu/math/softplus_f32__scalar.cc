// SPDX-License-Identifier: Apache-2.0
// softplus of float32 for any CPU.
#include "kernels/cpu/math/exponential.h"
#include "kernels/cpu/math/map.h"

namespace adze {

extern "C" {
extern const Kernel adze_softplus_f32__scalar;
const Kernel adze_softplus_f32__scalar = {Map<SoftplusOf, float>};
}

}  // namespace adze
