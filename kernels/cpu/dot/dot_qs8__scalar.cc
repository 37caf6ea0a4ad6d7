// SPDX-License-Identifier: Apache-2.0
// dot_qs8 for every CPU.
#include "kernels/cpu/dot/dot_qs8_tail.h"

namespace adze {
namespace {

uint32_t Run(const DotQs8Run& run) { return DotTail(run, 0); }

}  // namespace

extern "C" {
extern const DotQs8Ukernel adze_dot_qs8__scalar;
const DotQs8Ukernel adze_dot_qs8__scalar = {Run};
}

}  // namespace adze
