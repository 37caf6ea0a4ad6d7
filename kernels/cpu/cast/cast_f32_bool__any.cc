// SPDX-License-Identifier: Apache-2.0
// cast from float32 to bool.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f32_bool__any;
const Kernel adze_cast_f32_bool__any = {Convert<ToBool, float, uint8_t>};
}

}  // namespace adze
