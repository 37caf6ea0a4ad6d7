// SPDX-License-Identifier: Apache-2.0
// max over tensors of any strides.
#include "kernels/cpu/binary/binary_walk.h"

namespace adze {

extern "C" {
extern const Kernel adze_max_f32__any;
const Kernel adze_max_f32__any = {WalkBinary};
}

}  // namespace adze
