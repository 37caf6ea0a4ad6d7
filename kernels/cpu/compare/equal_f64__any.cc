// SPDX-License-Identifier: Apache-2.0
// equal of float64.
#include "kernels/cpu/binary/pair.h"
#include "kernels/cpu/compare/compare_ops.h"

namespace adze {

extern "C" {
extern const Kernel adze_equal_f64__any;
const Kernel adze_equal_f64__any = {Pair<Equal, double, uint8_t>};
}

}  // namespace adze
