// SPDX-License-Identifier: Apache-2.0
// topk of int32.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_topk_i32__any;
const Kernel adze_topk_i32__any = {TopkAlong<int32_t>};
}

}  // namespace adze
