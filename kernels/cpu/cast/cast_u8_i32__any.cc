// SPDX-License-Identifier: Apache-2.0
// cast from uint8 to int32.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_u8_i32__any;
const Kernel adze_cast_u8_i32__any = {Convert<ToNumber, uint8_t, int32_t>};
}

}  // namespace adze
