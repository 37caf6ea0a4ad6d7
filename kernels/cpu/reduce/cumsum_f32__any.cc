// SPDX-License-Identifier: Apache-2.0
// cumsum of float32.
#include "kernels/cpu/reduce/along_axis.h"

namespace adze {
extern "C" {
extern const Kernel adze_cumsum_f32__any;
const Kernel adze_cumsum_f32__any = {CumsumAlong<float, double>};
}

}  // namespace adze
