// SPDX-License-Identifier: Apache-2.0
// cast from uint64 to float32.
#include "kernels/cpu/cast/convert.h"

namespace adze {

extern "C" {
extern const Kernel adze_cast_u64_f32__any;
const Kernel adze_cast_u64_f32__any = {Convert<ToNumber, uint64_t, float>};
}

}  // namespace adze
