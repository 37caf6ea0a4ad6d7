// SPDX-License-Identifier: Apache-2.0
// reduce_sum of int32.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_sum_i32__any;
const Kernel adze_reduce_sum_i32__any = {ReduceWith<SumOf<int32_t, uint32_t>>};
}

}  // namespace adze
