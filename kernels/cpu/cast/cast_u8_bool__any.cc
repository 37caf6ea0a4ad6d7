// SPDX-License-Identifier: Apache-2.0
// cast from uint8 to bool.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_u8_bool__any;
const Kernel adze_cast_u8_bool__any = {Convert<ToBool, uint8_t, uint8_t>};
}

}  // namespace adze
