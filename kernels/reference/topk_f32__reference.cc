// SPDX-License-Identifier: Apache-2.0
// Reference kernel of topk, float32.
#include "kernels/reference/rank_loop.h"

namespace adze {
extern "C" {
extern const Kernel adze_topk_f32__reference;
const Kernel adze_topk_f32__reference = {TopkInOrder<float>};
}

}  // namespace adze
