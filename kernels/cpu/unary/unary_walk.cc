// SPDX-License-Identifier: Apache-2.0
// clamp and sigmoid over tensors.
#include "kernels/cpu/unary/unary_walk.h"

#include "kernels/contract/elementwise.h"
#include "kernels/cpu/movement/strided_runs.h"

namespace adze {
namespace {

struct Unary {
  const UnaryF32Ukernel* ukernel;
  ClampRange clamp;
};

void Run(const void* context, uint8_t* const* at, const int64_t*, size_t n) {
  const Unary& u = *static_cast<const Unary*>(context);
  u.ukernel->run({n, reinterpret_cast<const float*>(at[0]), reinterpret_cast<float*>(at[1]), u.clamp.lo, u.clamp.hi});
}

}  // namespace

void WalkUnary(const KernelArgs& args, const ClampRange& clamp) {
  const Unary context = {static_cast<const UnaryF32Ukernel*>(args.ukernels[0]), clamp};
  const Tensor operands[] = {*args.in[0], *args.out[0]};
  ForEachDenseRun(args, operands, 2, false, Run, &context);
}

}  // namespace adze
