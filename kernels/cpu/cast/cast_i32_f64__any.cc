// SPDX-License-Identifier: Apache-2.0
// cast from int32 to float64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i32_f64__any;
const Kernel adze_cast_i32_f64__any = {Convert<ToNumber, int32_t, double>};
}

}  // namespace adze
