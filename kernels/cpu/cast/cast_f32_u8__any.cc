// SPDX-License-Identifier: Apache-2.0
// cast from float32 to uint8.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f32_u8__any;
const Kernel adze_cast_f32_u8__any = {Convert<ToInteger, float, uint8_t>};
}

}  // namespace adze
