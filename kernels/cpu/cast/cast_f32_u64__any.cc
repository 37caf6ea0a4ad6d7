// SPDX-License-Identifier: Apache-2.0
// cast from float32 to uint64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f32_u64__any;
const Kernel adze_cast_f32_u64__any = {Convert<ToInteger, float, uint64_t>};
}

}  // namespace adze
