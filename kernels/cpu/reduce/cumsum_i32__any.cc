// SPDX-License-Identifier: Apache-2.0
// cumsum of int32.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_cumsum_i32__any;
const Kernel adze_cumsum_i32__any = {CumsumAlong<int32_t, uint32_t>};
}

}  // namespace adze
