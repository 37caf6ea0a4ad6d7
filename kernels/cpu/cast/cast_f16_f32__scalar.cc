// SPDX-License-Identifier: Apache-2.0
// cast from float16 to float32 for any CPU.
#include "kernels/contract/kernel.h"
#include "kernels/cpu/cast/half.h"
#include "kernels/cpu/movement/strided_runs.h"

namespace adze {
namespace {

void Cast(const void*, uint8_t* const* at, const int64_t*, size_t n) {
  const auto* x = reinterpret_cast<const uint16_t*>(at[0]);
  auto* y = reinterpret_cast<float*>(at[1]);
  for (size_t i = 0; i < n; ++i) y[i] = FromHalf(x[i]);
}

void Run(const KernelArgs& args) {
  const Tensor operands[] = {*args.in[0], *args.out[0]};
  ForEachDenseRun(args, operands, 2, false, Cast, nullptr);
}

}  // namespace

extern "C" {
extern const Kernel adze_cast_f16_f32__scalar;
const Kernel adze_cast_f16_f32__scalar = {Run};
}

}  // namespace adze
