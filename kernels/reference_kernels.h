// SPDX-License-Identifier: Apache-2.0
// The reference kernels as the build machine runs them: to compute at import what a model computes of constants. The table is generated.
#pragma once

#include "kernels/contract/kernel.h"

namespace adze {

// One for each row of ReferenceKernelRows() (kernels/catalog.h), in that order.
extern const Kernel* const kReferenceKernels[];

}  // namespace adze
