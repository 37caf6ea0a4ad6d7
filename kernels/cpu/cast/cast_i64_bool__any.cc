// SPDX-License-Identifier: Apache-2.0
// cast from int64 to bool.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i64_bool__any;
const Kernel adze_cast_i64_bool__any = {Convert<ToBool, int64_t, uint8_t>};
}

}  // namespace adze
