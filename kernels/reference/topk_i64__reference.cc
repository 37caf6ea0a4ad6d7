// SPDX-License-Identifier: Apache-2.0
// Reference kernel of topk, int64.
#include "kernels/reference/rank_loop.h"

namespace adze {
extern "C" {
extern const Kernel adze_topk_i64__reference;
const Kernel adze_topk_i64__reference = {TopkInOrder<int64_t>};
}

}  // namespace adze
