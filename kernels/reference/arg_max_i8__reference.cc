// SPDX-License-Identifier: Apache-2.0
// Reference kernel of arg_max, int8.
#include "kernels/reference/rank_loop.h"

namespace adze {
extern "C" {
extern const Kernel adze_arg_max_i8__reference;
const Kernel adze_arg_max_i8__reference = {ArgMaxInOrder<int8_t>};
}

}  // namespace adze
