// SPDX-License-Identifier: Apache-2.0
// Reference kernel of topk, int32.
#include "kernels/reference/rank_loop.h"

namespace adze {
extern "C" {
extern const Kernel adze_topk_i32__reference;
const Kernel adze_topk_i32__reference = {TopkInOrder<int32_t>};
}

}  // namespace adze
