// SPDX-License-Identifier: Apache-2.0
// arg_max of uint8 and bool.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_arg_max_u8__any;
const Kernel adze_arg_max_u8__any = {ArgMaxAlong<uint8_t>};
}

}  // namespace adze
