// SPDX-License-Identifier: Apache-2.0
// reduce_max of uint8 and bool.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_max_u8__any;
const Kernel adze_reduce_max_u8__any = {ReduceWith<Greatest<uint8_t>>};
}

}  // namespace adze
