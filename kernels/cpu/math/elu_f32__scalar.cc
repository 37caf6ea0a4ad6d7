// SPDX-License-Identifier: Apache-2.0
// elu for any CPU.
#include "kernels/cpu/math/double_math.h"
#include "kernels/cpu/movement/strided_runs.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/unary.h"

namespace adze {
namespace {

void EluRun(const void* context, uint8_t* const* at, const int64_t*, size_t n) {
  const auto alpha = static_cast<double>(*static_cast<const float*>(context));
  const auto* x = reinterpret_cast<const float*>(at[0]);
  auto* y = reinterpret_cast<float*>(at[1]);
  for (; n > 0; --n, ++x) *y++ = *x < 0 ? static_cast<float>(alpha * ExpMinusOne(static_cast<double>(*x))) : *x;
}

void Run(const KernelArgs& args) {
  const float alpha = ParamsOf<EluParams>(args.params).alpha;
  const Tensor operands[] = {*args.in[0], *args.out[0]};
  ForEachDenseRun(args, operands, 2, false, EluRun, &alpha);
}

}  // namespace

extern "C" {
extern const Kernel adze_elu_f32__scalar;
const Kernel adze_elu_f32__scalar = {Run};
}

}  // namespace adze
