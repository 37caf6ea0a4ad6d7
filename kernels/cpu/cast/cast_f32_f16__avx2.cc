// SPDX-License-Identifier: Apache-2.0
// cast from float32 to float16 by F16C.
#include <immintrin.h>

#include "kernels/contract/kernel.h"
#include "kernels/cpu/movement/strided_runs.h"

namespace adze {
namespace {

constexpr int kNearestEven = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;

void Cast(const void*, uint8_t* const* at, const int64_t*, size_t n) {
  const auto* x = reinterpret_cast<const float*>(at[0]);
  auto* y = reinterpret_cast<uint16_t*>(at[1]);
  for (; n >= 8; n -= 8, x += 8, y += 8) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(y), _mm256_cvtps_ph(_mm256_loadu_ps(x), kNearestEven));
  }
  for (; n > 0; --n) *y++ = _cvtss_sh(*x++, kNearestEven);
}

void Run(const KernelArgs& args) {
  const Tensor operands[] = {*args.in[0], *args.out[0]};
  ForEachDenseRun(args, operands, 2, false, Cast, nullptr);
}

}  // namespace

extern "C" {
extern const Kernel adze_cast_f32_f16__avx2;
const Kernel adze_cast_f32_f16__avx2 = {Run};
}

}  // namespace adze
