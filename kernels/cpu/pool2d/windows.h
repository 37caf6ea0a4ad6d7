// SPDX-License-Identifier: Apache-2.0
// The loops over the windows of a pool, shared by its kinds: a window is reduced as runs of channels, tap by tap.
#pragma once

#include "kernels/contract/elementwise.h"
#include "kernels/contract/kernel.h"
#include "op-registry/ops/pool2d.h"

namespace adze {

struct PoolReduction {
  float identity;    // reduce(identity, v) is v
  ClampRange range;  // clamps each step
  // Brings n reduced channels to their final value; `count` is the divisor of an average. Null: they are final.
  void (*finish)(float* run, size_t n, float count, const ClampRange& clamp);
};

// args.ukernels[0] reduces: a BinaryF32Ukernel. Taps are taken in ascending (kh, kw).
void PoolWindows(const KernelArgs& args, const PoolReduction& reduction);

}  // namespace adze
