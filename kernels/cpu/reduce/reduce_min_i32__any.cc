// SPDX-License-Identifier: Apache-2.0
// reduce_min of int32.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_min_i32__any;
const Kernel adze_reduce_min_i32__any = {ReduceWith<Least<int32_t>>};
}

}  // namespace adze
