// SPDX-License-Identifier: Apache-2.0
// arg_max of float32.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_arg_max_f32__any;
const Kernel adze_arg_max_f32__any = {ArgMaxAlong<float>};
}

}  // namespace adze
