// SPDX-License-Identifier: Apache-2.0
// cast from int64 to uint8.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i64_u8__any;
const Kernel adze_cast_i64_u8__any = {Convert<ToNumber, int64_t, uint8_t>};
}

}  // namespace adze
