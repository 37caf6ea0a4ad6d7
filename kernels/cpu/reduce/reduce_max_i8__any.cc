// SPDX-License-Identifier: Apache-2.0
// reduce_max of int8.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_max_i8__any;
const Kernel adze_reduce_max_i8__any = {ReduceWith<Greatest<int8_t>>};
}

}  // namespace adze
