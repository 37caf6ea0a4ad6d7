// SPDX-License-Identifier: Apache-2.0
// Average pooling: sums of channel runs, then one division each.
#include "kernels/cpu/pool2d/windows.h"

namespace adze {
namespace {

void Divide(float* run, size_t n, float count, const ClampRange& clamp) {
  for (size_t i = 0; i < n; ++i) {
    const float v = run[i] / count;
    run[i] = v < clamp.lo ? clamp.lo : v > clamp.hi ? clamp.hi : v;
  }
}

void Run(const KernelArgs& args) { PoolWindows(args, {0.0f, {}, Divide}); }

}  // namespace

extern "C" {
extern const Kernel adze_pool2d_f32__any_average;
const Kernel adze_pool2d_f32__any_average = {Run};
}

}  // namespace adze
