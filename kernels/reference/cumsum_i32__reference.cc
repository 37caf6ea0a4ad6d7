// SPDX-License-Identifier: Apache-2.0
// Reference kernel of cumsum, int32.
#include "kernels/reference/cumsum_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) { CumsumAnew<int32_t, uint32_t>(args); }

}  // namespace

extern "C" {
extern const Kernel adze_cumsum_i32__reference;
const Kernel adze_cumsum_i32__reference = {Run};
}

}  // namespace adze
