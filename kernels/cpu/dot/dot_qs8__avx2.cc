// SPDX-License-Identifier: Apache-2.0
// dot_qs8 for AVX2: 16 products a step. Differences of bytes fit 16 bits, pairs of their products 32.
#include <immintrin.h>

#include "kernels/cpu/dot/dot_qs8_tail.h"

namespace adze {
namespace {

ADZE_INLINE __m256i Widen(const int8_t* p, __m256i zero_point) {
  return _mm256_sub_epi16(_mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))), zero_point);
}

uint32_t Run(const DotQs8Run& r) {
  const __m256i x_zero = _mm256_set1_epi16(static_cast<int16_t>(r.x_zero_point));
  const __m256i w_zero = _mm256_set1_epi16(static_cast<int16_t>(r.w_zero_point));
  __m256i sums = _mm256_setzero_si256();
  size_t k = 0;
  for (; r.n - k >= 16; k += 16) {
    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(Widen(r.x + k, x_zero), Widen(r.w + k, w_zero)));
  }
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4e));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xb1));
  return static_cast<uint32_t>(_mm_cvtsi128_si32(half)) + DotTail(r, k);
}

}  // namespace

extern "C" {
extern const DotQs8Ukernel adze_dot_qs8__avx2;
const DotQs8Ukernel adze_dot_qs8__avx2 = {Run};
}

}  // namespace adze
