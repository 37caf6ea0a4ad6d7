// SPDX-License-Identifier: Apache-2.0
// cast from float32 to float64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f32_f64__any;
const Kernel adze_cast_f32_f64__any = {Convert<ToNumber, float, double>};
}

}  // namespace adze
