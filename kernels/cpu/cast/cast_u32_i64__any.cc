// SPDX-License-Identifier: Apache-2.0
// cast from uint32 to int64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_u32_i64__any;
const Kernel adze_cast_u32_i64__any = {Convert<ToNumber, uint32_t, int64_t>};
}

}  // namespace adze
