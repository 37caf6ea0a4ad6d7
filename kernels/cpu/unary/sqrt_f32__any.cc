// SPDX-License-Identifier: Apache-2.0
// sqrt over tensors of any strides.
#include "kernels/cpu/unary/unary_walk.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) { WalkUnary(args, {}); }

}  // namespace

extern "C" {
extern const Kernel adze_sqrt_f32__any;
const Kernel adze_sqrt_f32__any = {Run};
}

}  // namespace adze
