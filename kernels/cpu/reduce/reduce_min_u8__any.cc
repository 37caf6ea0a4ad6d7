// SPDX-License-Identifier: Apache-2.0
// reduce_min of uint8 and bool.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_min_u8__any;
const Kernel adze_reduce_min_u8__any = {ReduceWith<Least<uint8_t>>};
}

}  // namespace adze
