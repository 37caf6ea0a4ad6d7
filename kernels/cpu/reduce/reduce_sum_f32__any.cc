// SPDX-License-Identifier: Apache-2.0
// reduce_sum of float32.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_sum_f32__any;
const Kernel adze_reduce_sum_f32__any = {ReduceWith<SumOf<float, double>>};
}

}  // namespace adze
