// SPDX-License-Identifier: Apache-2.0
// cast from int8 to uint8.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i8_u8__any;
const Kernel adze_cast_i8_u8__any = {Convert<ToNumber, int8_t, uint8_t>};
}

}  // namespace adze
