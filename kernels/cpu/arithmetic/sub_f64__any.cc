// SPDX-License-Identifier: Apache-2.0
// sub of float64.
#include "kernels/cpu/arithmetic/double_ops.h"
#include "kernels/cpu/binary/pair.h"

namespace adze {

extern "C" {
extern const Kernel adze_sub_f64__any;
const Kernel adze_sub_f64__any = {Pair<SubDoubles, double>};
}

}  // namespace adze
