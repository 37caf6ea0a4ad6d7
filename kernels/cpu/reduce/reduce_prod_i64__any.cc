// SPDX-License-Identifier: Apache-2.0
// reduce_prod of int64.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_prod_i64__any;
const Kernel adze_reduce_prod_i64__any = {ReduceWith<ProductOfAll<int64_t, uint64_t>>};
}

}  // namespace adze
