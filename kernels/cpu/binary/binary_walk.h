// SPDX-License-Identifier: Apache-2.0
// add, div, mul and sub over tensors: all but the operation itself, which is the micro-kernel's.
#pragma once

#include "kernels/contract/kernel.h"

namespace adze {

// y = clamp(a op b) with broadcasting; args.ukernels[0] is a BinaryF32Ukernel.
void WalkBinary(const KernelArgs& args);

}  // namespace adze
