// SPDX-License-Identifier: Apache-2.0
// cast from uint32 to float32.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_u32_f32__any;
const Kernel adze_cast_u32_f32__any = {Convert<ToNumber, uint32_t, float>};
}

}  // namespace adze
