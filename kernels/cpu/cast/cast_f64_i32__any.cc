// SPDX-License-Identifier: Apache-2.0
// cast from float64 to int32.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f64_i32__any;
const Kernel adze_cast_f64_i32__any = {Convert<ToInteger, double, int32_t>};
}

}  // namespace adze
