// SPDX-License-Identifier: Apache-2.0
// cast from int16 to int32.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i16_i32__any;
const Kernel adze_cast_i16_i32__any = {Convert<ToNumber, int16_t, int32_t>};
}

}  // namespace adze
