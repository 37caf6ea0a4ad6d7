// SPDX-License-Identifier: Apache-2.0
// cast from int64 to float64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i64_f64__any;
const Kernel adze_cast_i64_f64__any = {Convert<ToNumber, int64_t, double>};
}

}  // namespace adze
