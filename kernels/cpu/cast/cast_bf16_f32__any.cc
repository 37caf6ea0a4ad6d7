// SPDX-License-Identifier: Apache-2.0
// cast from bfloat16 to float32.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_bf16_f32__any;
const Kernel adze_cast_bf16_f32__any = {Convert<FromBfloat, uint16_t, float>};
}

}  // namespace adze
