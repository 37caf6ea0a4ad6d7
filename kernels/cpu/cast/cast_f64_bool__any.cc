// SPDX-License-Identifier: Apache-2.0
// cast from float64 to bool.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f64_bool__any;
const Kernel adze_cast_f64_bool__any = {Convert<ToBool, double, uint8_t>};
}

}  // namespace adze
