// SPDX-License-Identifier: Apache-2.0
// reduce_prod of int32.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_prod_i32__any;
const Kernel adze_reduce_prod_i32__any = {ReduceWith<ProductOfAll<int32_t, uint32_t>>};
}

}  // namespace adze
