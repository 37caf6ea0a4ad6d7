// SPDX-License-Identifier: Apache-2.0
// cast from int64 to uint32.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i64_u32__any;
const Kernel adze_cast_i64_u32__any = {Convert<ToNumber, int64_t, uint32_t>};
}

}  // namespace adze
