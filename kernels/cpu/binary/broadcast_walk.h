// SPDX-License-Identifier: Apache-2.0
// The walk over two tensors and their result with broadcasting: what every kernel of two operands is built on.
#pragma once

#include "kernels/cpu/movement/strided_runs.h"

namespace adze {

// Runs of in[0], in[1] and out[0]: of adjacent elements, or of one repeated (stride 0) in an input.
void WalkBroadcast(const KernelArgs& args, RunFn f, const void* context);

}  // namespace adze
