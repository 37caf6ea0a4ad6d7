// SPDX-License-Identifier: Apache-2.0
// topk of int64.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_topk_i64__any;
const Kernel adze_topk_i64__any = {TopkAlong<int64_t>};
}

}  // namespace adze
