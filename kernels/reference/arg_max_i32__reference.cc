// SPDX-License-Identifier: Apache-2.0
// Reference kernel of arg_max, int32.
#include "kernels/reference/rank_loop.h"

namespace adze {
extern "C" {
extern const Kernel adze_arg_max_i32__reference;
const Kernel adze_arg_max_i32__reference = {ArgMaxInOrder<int32_t>};
}

}  // namespace adze
