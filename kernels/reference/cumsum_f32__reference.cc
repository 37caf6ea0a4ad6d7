// SPDX-License-Identifier: Apache-2.0
// Reference kernel of cumsum, float32.
#include "kernels/reference/cumsum_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) { CumsumAnew<float, double>(args); }

}  // namespace

extern "C" {
extern const Kernel adze_cumsum_f32__reference;
const Kernel adze_cumsum_f32__reference = {Run};
}

}  // namespace adze
