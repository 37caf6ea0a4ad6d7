// SPDX-License-Identifier: Apache-2.0
// Reference kernel of arg_max, uint8 and bool.
#include "kernels/reference/rank_loop.h"

namespace adze {
extern "C" {
extern const Kernel adze_arg_max_u8__reference;
const Kernel adze_arg_max_u8__reference = {ArgMaxInOrder<uint8_t>};
}

}  // namespace adze
