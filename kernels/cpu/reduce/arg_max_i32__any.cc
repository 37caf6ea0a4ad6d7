// SPDX-License-Identifier: Apache-2.0
// arg_max of int32.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_arg_max_i32__any;
const Kernel adze_arg_max_i32__any = {ArgMaxAlong<int32_t>};
}

}  // namespace adze
