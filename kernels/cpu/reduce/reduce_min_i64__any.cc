// SPDX-License-Identifier: Apache-2.0
// reduce_min of int64.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_min_i64__any;
const Kernel adze_reduce_min_i64__any = {ReduceWith<Least<int64_t>>};
}

}  // namespace adze
