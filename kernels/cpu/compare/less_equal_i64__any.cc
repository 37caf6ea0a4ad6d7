// SPDX-License-Identifier: Apache-2.0
// less_equal of int64.
#include "kernels/cpu/binary/pair.h"
#include "kernels/cpu/compare/compare_ops.h"

namespace adze {

extern "C" {
extern const Kernel adze_less_equal_i64__any;
const Kernel adze_less_equal_i64__any = {Pair<LessEqual, int64_t, uint8_t>};
}

}  // namespace adze
