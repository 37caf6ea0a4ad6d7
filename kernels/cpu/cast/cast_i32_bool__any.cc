// SPDX-License-Identifier: Apache-2.0
// cast from int32 to bool.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i32_bool__any;
const Kernel adze_cast_i32_bool__any = {Convert<ToBool, int32_t, uint8_t>};
}

}  // namespace adze
