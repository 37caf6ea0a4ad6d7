// SPDX-License-Identifier: Apache-2.0
// Reference kernel of cumsum, int64.
#include "kernels/reference/cumsum_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) { CumsumAnew<int64_t, uint64_t>(args); }

}  // namespace

extern "C" {
extern const Kernel adze_cumsum_i64__reference;
const Kernel adze_cumsum_i64__reference = {Run};
}

}  // namespace adze
