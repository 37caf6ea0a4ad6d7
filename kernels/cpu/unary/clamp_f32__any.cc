// SPDX-License-Identifier: Apache-2.0
// clamp over tensors of any strides.
#include "kernels/cpu/unary/unary_walk.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/unary.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) { WalkUnary(args, ParamsOf<ClampParams>(args.params).clamp); }

}  // namespace

extern "C" {
extern const Kernel adze_clamp_f32__any;
const Kernel adze_clamp_f32__any = {Run};
}

}  // namespace adze
