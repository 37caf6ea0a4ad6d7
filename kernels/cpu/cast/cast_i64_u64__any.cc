// SPDX-License-Identifier: Apache-2.0
// cast from int64 to uint64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_i64_u64__any;
const Kernel adze_cast_i64_u64__any = {Convert<ToNumber, int64_t, uint64_t>};
}

}  // namespace adze
