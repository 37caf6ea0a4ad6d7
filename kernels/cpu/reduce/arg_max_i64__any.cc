// SPDX-License-Identifier: Apache-2.0
// arg_max of int64.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_arg_max_i64__any;
const Kernel adze_arg_max_i64__any = {ArgMaxAlong<int64_t>};
}

}  // namespace adze
