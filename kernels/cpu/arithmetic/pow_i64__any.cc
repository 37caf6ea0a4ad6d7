// SPDX-License-Identifier: Apache-2.0
// pow of int64.
#include "kernels/cpu/arithmetic/integer_ops.h"
#include "kernels/cpu/binary/pair.h"

namespace adze {

extern "C" {
extern const Kernel adze_pow_i64__any;
const Kernel adze_pow_i64__any = {Pair<PowInts, int64_t>};
}

}  // namespace adze
