// SPDX-License-Identifier: Apache-2.0
// cast from float32 to int64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_f32_i64__any;
const Kernel adze_cast_f32_i64__any = {Convert<ToInteger, float, int64_t>};
}

}  // namespace adze
