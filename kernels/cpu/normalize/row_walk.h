// SPDX-License-Identifier: Apache-2.0
// The walk over the rows (runs along the last dim) of a pair of tensors, for softmax and layer_norm.
#pragma once

#include "kernels/contract/kernel.h"

namespace adze {

using PairOfRowsFn = void (*)(const void* context, const uint8_t* x, uint8_t* y);

// Calls f with the first elements of each row of x and y, which have one shape of rank >= 1, on several threads where there are some.
// `work` is what a row costs, in multiply-adds.
void ForEachRow(const KernelArgs& args, const Tensor& x, const Tensor& y, int64_t work, PairOfRowsFn f, const void* context);

}  // namespace adze
