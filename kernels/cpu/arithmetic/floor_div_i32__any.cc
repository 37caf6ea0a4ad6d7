// SPDX-License-Identifier: Apache-2.0
// floor_div of int32.
#include "kernels/cpu/arithmetic/integer_ops.h"
#include "kernels/cpu/binary/pair.h"

namespace adze {

extern "C" {
extern const Kernel adze_floor_div_i32__any;
const Kernel adze_floor_div_i32__any = {Pair<FloorDivInts, int32_t>};
}

}  // namespace adze
