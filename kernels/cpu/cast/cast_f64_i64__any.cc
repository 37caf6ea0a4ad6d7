// SPDX-License-Identifier: Apache-2.0
// cast from float64 to int64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f64_i64__any;
const Kernel adze_cast_f64_i64__any = {Convert<ToInteger, double, int64_t>};
}

}  // namespace adze
