// SPDX-License-Identifier: Apache-2.0
// cast from float32 to uint32.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f32_u32__any;
const Kernel adze_cast_f32_u32__any = {Convert<ToInteger, float, uint32_t>};
}

}  // namespace adze
