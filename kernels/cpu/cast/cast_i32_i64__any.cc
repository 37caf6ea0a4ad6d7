// SPDX-License-Identifier: Apache-2.0
// cast from int32 to int64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i32_i64__any;
const Kernel adze_cast_i32_i64__any = {Convert<ToNumber, int32_t, int64_t>};
}

}  // namespace adze
