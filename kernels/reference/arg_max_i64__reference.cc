// SPDX-License-Identifier: Apache-2.0
// Reference kernel of arg_max, int64.
#include "kernels/reference/rank_loop.h"

namespace adze {
extern "C" {
extern const Kernel adze_arg_max_i64__reference;
const Kernel adze_arg_max_i64__reference = {ArgMaxInOrder<int64_t>};
}

}  // namespace adze
