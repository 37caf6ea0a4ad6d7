// SPDX-License-Identifier: Apache-2.0
// fmod of int32.
#include "kernels/cpu/arithmetic/integer_ops.h"
#include "kernels/cpu/binary/pair.h"

namespace adze {

extern "C" {
extern const Kernel adze_fmod_i32__any;
const Kernel adze_fmod_i32__any = {Pair<FmodInts, int32_t>};
}

}  // namespace adze
