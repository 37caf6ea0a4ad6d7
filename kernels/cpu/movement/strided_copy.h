// SPDX-License-Identifier: Apache-2.0
// Copying one strided view of elements into another: every movement op is a pair of views.
#pragma once

#include "kernels/contract/kernel.h"

namespace adze {

// Copies the elements of `from`, in row-major order, into `to`. The same element count and size; the shapes may differ. Strides of 0 in
// `from` repeat an element. The memory of the two does not overlap.
void CopyTensor(const KernelArgs& args, const Tensor& from, const Tensor& to);

}  // namespace adze
