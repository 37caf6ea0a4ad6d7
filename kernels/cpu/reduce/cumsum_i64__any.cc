// SPDX-License-Identifier: Apache-2.0
// cumsum of int64.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_cumsum_i64__any;
const Kernel adze_cumsum_i64__any = {CumsumAlong<int64_t, uint64_t>};
}

}  // namespace adze
