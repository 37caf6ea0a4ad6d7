// SPDX-License-Identifier: Apache-2.0
// equal of bool.
#include "kernels/cpu/binary/pair.h"
#include "kernels/cpu/compare/compare_ops.h"

namespace adze {

extern "C" {
extern const Kernel adze_equal_bool__any;
const Kernel adze_equal_bool__any = {Pair<Equal, uint8_t, uint8_t>};
}

}  // namespace adze
