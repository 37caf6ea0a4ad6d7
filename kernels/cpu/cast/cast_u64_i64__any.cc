// SPDX-License-Identifier: Apache-2.0
// cast from uint64 to int64.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_u64_i64__any;
const Kernel adze_cast_u64_i64__any = {Convert<ToNumber, uint64_t, int64_t>};
}

}  // namespace adze
