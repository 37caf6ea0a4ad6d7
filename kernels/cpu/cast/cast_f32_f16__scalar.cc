// SPDX-License-Identifier: Apache-2.0
// cast from float32 to float16 for any CPU.
#include "kernels/contract/kernel.h"
#include "kernels/cpu/cast/half.h"
#include "kernels/cpu/movement/strided_runs.h"

namespace adze {
namespace {

void Cast(const void*, uint8_t* const* at, const int64_t*, size_t n) {
  const auto* x = reinterpret_cast<const float*>(at[0]);
  auto* y = reinterpret_cast<uint16_t*>(at[1]);
  for (size_t i = 0; i < n; ++i) y[i] = ToHalf(x[i]);
}

void Run(const KernelArgs& args) {
  const Tensor operands[] = {*args.in[0], *args.out[0]};
  ForEachDenseRun(args, operands, 2, false, Cast, nullptr);
}

}  // namespace

extern "C" {
extern const Kernel adze_cast_f32_f16__scalar;
const Kernel adze_cast_f32_f16__scalar = {Run};
}

}  // namespace adze
