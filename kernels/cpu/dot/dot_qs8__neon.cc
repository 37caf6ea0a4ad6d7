// SPDX-License-Identifier: Apache-2.0
// dot_qs8 for AArch64: 8 products a step. Differences of bytes fit 16 bits, their products 32.
#include <arm_neon.h>

#include "kernels/cpu/dot/dot_qs8_tail.h"

namespace adze {
namespace {

uint32_t Run(const DotQs8Run& r) {
  const int8x8_t x_zero = vdup_n_s8(static_cast<int8_t>(r.x_zero_point));
  const int8x8_t w_zero = vdup_n_s8(static_cast<int8_t>(r.w_zero_point));
  int32x4_t low = vdupq_n_s32(0);
  int32x4_t high = low;
  size_t k = 0;
  for (; r.n - k >= 8; k += 8) {
    const int16x8_t x = vsubl_s8(vld1_s8(r.x + k), x_zero);
    const int16x8_t w = vsubl_s8(vld1_s8(r.w + k), w_zero);
    low = vmlal_s16(low, vget_low_s16(x), vget_low_s16(w));
    high = vmlal_high_s16(high, x, w);
  }
  return static_cast<uint32_t>(vaddvq_s32(vaddq_s32(low, high))) + DotTail(r, k);
}

}  // namespace

extern "C" {
extern const DotQs8Ukernel adze_dot_qs8__neon;
const DotQs8Ukernel adze_dot_qs8__neon = {Run};
}

}  // namespace adze
