// SPDX-License-Identifier: Apache-2.0
// cast from float16 to float32 by F16C.
#include <immintrin.h>

#include "kernels/contract/kernel.h"
#include "kernels/cpu/movement/strided_runs.h"

namespace adze {
namespace {

void Cast(const void*, uint8_t* const* at, const int64_t*, size_t n) {
  const auto* x = reinterpret_cast<const uint16_t*>(at[0]);
  auto* y = reinterpret_cast<float*>(at[1]);
  for (; n >= 8; n -= 8, x += 8, y += 8) _mm256_storeu_ps(y, _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(x))));
  for (; n > 0; --n) *y++ = _cvtsh_ss(*x++);
}

void Run(const KernelArgs& args) {
  const Tensor operands[] = {*args.in[0], *args.out[0]};
  ForEachDenseRun(args, operands, 2, false, Cast, nullptr);
}

}  // namespace

extern "C" {
extern const Kernel adze_cast_f16_f32__avx2;
const Kernel adze_cast_f16_f32__avx2 = {Run};
}

}  // namespace adze
