// SPDX-License-Identifier: Apache-2.0
// reduce_min of int8.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_min_i8__any;
const Kernel adze_reduce_min_i8__any = {ReduceWith<Least<int8_t>>};
}

}  // namespace adze
