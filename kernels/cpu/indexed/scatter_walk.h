// SPDX-License-Identifier: Apache-2.0
// What all scatters do: x copied to y, then the updates one after another in one thread, because they may meet in one place.
#pragma once

#include "kernels/cpu/movement/strided_runs.h"

namespace adze {

// `apply` does y = reduction(y, update) on a run of updates (operand 0) and places of y (operand 1).
void ScatterRows(const KernelArgs& args, RunFn apply, const void* context);
void ScatterElements(const KernelArgs& args, int axis, RunFn apply, const void* context);

// The run of reduction none; its context is the element's size, a size_t.
void ReplaceRun(const void* context, uint8_t* const* at, const int64_t* strides, size_t n);

}  // namespace adze
