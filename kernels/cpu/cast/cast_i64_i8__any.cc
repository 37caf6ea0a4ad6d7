// SPDX-License-Identifier: Apache-2.0
// cast from int64 to int8.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i64_i8__any;
const Kernel adze_cast_i64_i8__any = {Convert<ToNumber, int64_t, int8_t>};
}

}  // namespace adze
