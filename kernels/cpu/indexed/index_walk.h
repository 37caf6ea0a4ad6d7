// SPDX-License-Identifier: Apache-2.0
// What kernels share that visit places one by one.
#pragma once

#include "kernels/cpu/movement/strided_runs.h"

namespace adze {

// Bytes to the `flat`-th position of `shape` in row-major order.
int64_t OffsetOf(const Shape& shape, const int64_t* strides, int64_t flat);

// Calls `f` on the runs of `from` and `to`, of one shape, in this thread: regions of threads do not nest.
void ForEachRunHere(const Tensor& from, const Tensor& to, RunFn f, const void* context);

// The same, copying.
void CopyHere(const Tensor& from, const Tensor& to);

}  // namespace adze
