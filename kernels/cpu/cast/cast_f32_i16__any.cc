// SPDX-License-Identifier: Apache-2.0
// cast from float32 to int16.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f32_i16__any;
const Kernel adze_cast_f32_i16__any = {Convert<ToInteger, float, int16_t>};
}

}  // namespace adze
