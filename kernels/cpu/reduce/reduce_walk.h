// SPDX-License-Identifier: Apache-2.0
// The loop of all reductions but reduce_mean: one result after another, the elements behind it in row-major order, in runs of one stride.
#pragma once

#include "kernels/contract/kernel.h"

namespace adze {

// `acc` points to 8 bytes, aligned, that hold the accumulator.
struct ReduceFold {
  void (*start)(void* acc);
  void (*fold)(void* acc, const uint8_t* x, int64_t stride, size_t n);
  void (*store)(const void* acc, uint8_t* y);
};

void ReduceDims(const KernelArgs& args, const ReduceFold& f);

}  // namespace adze
