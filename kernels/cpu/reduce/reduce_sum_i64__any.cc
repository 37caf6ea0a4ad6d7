// SPDX-License-Identifier: Apache-2.0
// reduce_sum of int64.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_sum_i64__any;
const Kernel adze_reduce_sum_i64__any = {ReduceWith<SumOf<int64_t, uint64_t>>};
}

}  // namespace adze
