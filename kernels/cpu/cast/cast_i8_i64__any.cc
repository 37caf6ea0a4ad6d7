// SPDX-License-Identifier: Apache-2.0
// cast from int8 to int64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i8_i64__any;
const Kernel adze_cast_i8_i64__any = {Convert<ToNumber, int8_t, int64_t>};
}

}  // namespace adze
