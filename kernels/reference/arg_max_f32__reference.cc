// SPDX-License-Identifier: Apache-2.0
// Reference kernel of arg_max, float32.
#include "kernels/reference/rank_loop.h"

namespace adze {
extern "C" {
extern const Kernel adze_arg_max_f32__reference;
const Kernel adze_arg_max_f32__reference = {ArgMaxInOrder<float>};
}

}  // namespace adze
