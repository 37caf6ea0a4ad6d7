// SPDX-License-Identifier: Apache-2.0
// cast from int8 to bool.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i8_bool__any;
const Kernel adze_cast_i8_bool__any = {Convert<ToBool, int8_t, uint8_t>};
}

}  // namespace adze
