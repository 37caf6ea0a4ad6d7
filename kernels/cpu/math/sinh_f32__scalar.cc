// SPDX-License-Identifier: Apache-2.0
// sinh of float32 for any CPU.
#include "kernels/cpu/math/exponential.h"
#include "kernels/cpu/math/map.h"

namespace adze {

extern "C" {
extern const Kernel adze_sinh_f32__scalar;
const Kernel adze_sinh_f32__scalar = {Map<SinhOf, float>};
}

}  // namespace adze
