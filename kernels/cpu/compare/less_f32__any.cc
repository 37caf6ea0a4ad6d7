// SPDX-License-Identifier: Apache-2.0
// less of float32.
#include "kernels/cpu/binary/pair.h"
#include "kernels/cpu/compare/compare_ops.h"

namespace adze {

extern "C" {
extern const Kernel adze_less_f32__any;
const Kernel adze_less_f32__any = {Pair<Less, float, uint8_t>};
}

}  // namespace adze
