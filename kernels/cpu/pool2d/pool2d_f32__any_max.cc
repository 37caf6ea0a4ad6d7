// SPDX-License-Identifier: Apache-2.0
// Maximum pooling. Clamping every step gives the clamp of the maximum, so there is nothing left to finish.
#include "kernels/cpu/pool2d/windows.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) { PoolWindows(args, {-__builtin_inff(), ParamsOf<Pool2dParams>(args.params).clamp, nullptr}); }

}  // namespace

extern "C" {
extern const Kernel adze_pool2d_f32__any_max;
const Kernel adze_pool2d_f32__any_max = {Run};
}

}  // namespace adze
