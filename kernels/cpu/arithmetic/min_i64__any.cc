// SPDX-License-Identifier: Apache-2.0
// min of int64.
#include "kernels/cpu/arithmetic/integer_ops.h"
#include "kernels/cpu/binary/pair.h"

namespace adze {

extern "C" {
extern const Kernel adze_min_i64__any;
const Kernel adze_min_i64__any = {Pair<MinInts, int64_t>};
}

}  // namespace adze
