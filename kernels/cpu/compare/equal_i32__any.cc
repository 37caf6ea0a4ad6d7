// SPDX-License-Identifier: Apache-2.0
// equal of int32.
#include "kernels/cpu/binary/pair.h"
#include "kernels/cpu/compare/compare_ops.h"

namespace adze {

extern "C" {
extern const Kernel adze_equal_i32__any;
const Kernel adze_equal_i32__any = {Pair<Equal, int32_t, uint8_t>};
}

}  // namespace adze
