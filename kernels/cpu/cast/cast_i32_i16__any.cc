// SPDX-License-Identifier: Apache-2.0
// cast from int32 to int16.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i32_i16__any;
const Kernel adze_cast_i32_i16__any = {Convert<ToNumber, int32_t, int16_t>};
}

}  // namespace adze
