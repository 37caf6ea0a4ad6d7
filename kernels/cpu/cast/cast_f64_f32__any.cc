// SPDX-License-Identifier: Apache-2.0
// cast from float64 to float32.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f64_f32__any;
const Kernel adze_cast_f64_f32__any = {Convert<ToNumber, double, float>};
}

}  // namespace adze
