// SPDX-License-Identifier: Apache-2.0
// dot_qs8 element by element: the scalar unit, and the tail of the others.
#pragma once

#include "kernels/contract/dot.h"
#include "kernels/cpu/simd/inline.h"

namespace adze {
namespace {

// The sum over [begin, r.n). Unsigned, because wrapping is part of the contract.
ADZE_INLINE uint32_t DotTail(const DotQs8Run& r, size_t begin) {
  uint32_t sum = 0;
  for (size_t k = begin; k < r.n; ++k) {
    sum += static_cast<uint32_t>((r.x[k] - r.x_zero_point) * (r.w[k] - r.w_zero_point));
  }
  return sum;
}

}  // namespace
}  // namespace adze
