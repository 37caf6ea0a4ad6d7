// SPDX-License-Identifier: Apache-2.0
// reduce_prod of float32.
#include "kernels/cpu/reduce/reduce_fold.h"

namespace adze {
extern "C" {
extern const Kernel adze_reduce_prod_f32__any;
const Kernel adze_reduce_prod_f32__any = {ReduceWith<ProductOfAll<float, double>>};
}

}  // namespace adze
