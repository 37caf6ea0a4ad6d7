// SPDX-License-Identifier: Apache-2.0
// cast from int16 to float32.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i16_f32__any;
const Kernel adze_cast_i16_f32__any = {Convert<ToNumber, int16_t, float>};
}

}  // namespace adze
