// SPDX-License-Identifier: Apache-2.0
// cast from float32 to float16 by FCVTN.
#include <arm_neon.h>

#include "kernels/contract/kernel.h"
#include "kernels/cpu/movement/strided_runs.h"

namespace adze {
namespace {

void Cast(const void*, uint8_t* const* at, const int64_t*, size_t n) {
  const auto* x = reinterpret_cast<const float*>(at[0]);
  auto* y = reinterpret_cast<float16_t*>(at[1]);
  for (; n >= 4; n -= 4, x += 4, y += 4) vst1_f16(y, vcvt_f16_f32(vld1q_f32(x)));
  for (; n > 0; --n) *y++ = static_cast<float16_t>(*x++);
}

void Run(const KernelArgs& args) {
  const Tensor operands[] = {*args.in[0], *args.out[0]};
  ForEachDenseRun(args, operands, 2, false, Cast, nullptr);
}

}  // namespace

extern "C" {
extern const Kernel adze_cast_f32_f16__neon;
const Kernel adze_cast_f32_f16__neon = {Run};
}

}  // namespace adze
