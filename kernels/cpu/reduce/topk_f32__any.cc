// SPDX-License-Identifier: Apache-2.0
// topk of float32.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_topk_f32__any;
const Kernel adze_topk_f32__any = {TopkAlong<float>};
}

}  // namespace adze
