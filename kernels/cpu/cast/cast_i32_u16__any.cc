// SPDX-License-Identifier: Apache-2.0
// cast from int32 to uint16.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i32_u16__any;
const Kernel adze_cast_i32_u16__any = {Convert<ToNumber, int32_t, uint16_t>};
}

}  // namespace adze
