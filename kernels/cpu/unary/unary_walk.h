// SPDX-License-Identifier: Apache-2.0
// clamp and sigmoid over tensors: all but the function itself, which is the micro-kernel's.
#pragma once

#include "kernels/contract/kernel.h"
#include "op-registry/ops/clamp_range.h"

namespace adze {

// y = f(x); args.ukernels[0] is a UnaryF32Ukernel.
void WalkUnary(const KernelArgs& args, const ClampRange& clamp);

}  // namespace adze
