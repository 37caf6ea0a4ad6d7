// SPDX-License-Identifier: Apache-2.0
// cast from bool to uint8.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_bool_u8__any;
const Kernel adze_cast_bool_u8__any = {Convert<ToNumber, uint8_t, uint8_t>};
}

}  // namespace adze
