// SPDX-License-Identifier: Apache-2.0
// reduce_max of float32.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_max_f32__any;
const Kernel adze_reduce_max_f32__any = {ReduceWith<Greatest<float>>};
}

}  // namespace adze
