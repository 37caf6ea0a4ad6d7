// SPDX-License-Identifier: Apache-2.0
// cast from float32 to bfloat16.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f32_bf16__any;
const Kernel adze_cast_f32_bf16__any = {Convert<ToBfloat, float, uint16_t>};
}

}  // namespace adze
