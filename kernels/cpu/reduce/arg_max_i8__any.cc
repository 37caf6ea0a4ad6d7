// SPDX-License-Identifier: Apache-2.0
// arg_max of int8.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_arg_max_i8__any;
const Kernel adze_arg_max_i8__any = {ArgMaxAlong<int8_t>};
}

}  // namespace adze
