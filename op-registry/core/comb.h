// SPDX-License-Identifier: Apache-2.0
// How a strided tensor lies in memory: as a comb. Parts of a concatenation along channels lie interleaved; their spans cross, their teeth do not.
#pragma once

#include "op-registry/core/shape.h"

namespace adze {

// Teeth of `run` adjacent bytes, each a multiple of `period` after the first one. Without gaps: one tooth, period 0.
struct Comb {
  int64_t run;  // 0: no comb: elements share bytes, dims are not nested, or a dim's stride is no multiple of the period
  int64_t period;
};

// Dims of 1 have no say, and a tensor without elements is a comb.
inline Comb CombOf(const Tensor& t) {
  Comb comb = {static_cast<int64_t>(DTypeBytes(t.dtype)), 0};
  int64_t inner = comb.run;
  for (int d = t.shape.rank - 1; d >= 0; --d) {
    const int64_t stride = t.strides[d];
    if (t.shape.dims[d] < 2) continue;
    if (stride < inner) return {};
    if (comb.period == 0 && stride != inner) comb.period = stride;
    if (comb.period != 0 && stride % comb.period != 0) return {};
    inner = stride * t.shape.dims[d];
    if (comb.period == 0) comb.run = inner;
  }
  return comb;
}

// True only if combs that begin at bytes `a_at` and `b_at` of one memory certainly share no byte, though their spans may cross.
inline bool AreApart(const Comb& a, int64_t a_at, const Comb& b, int64_t b_at) {
  if (a.period == 0 || a.period != b.period || a.run == 0 || b.run == 0) return false;
  int64_t behind = (b_at - a_at) % a.period;  // from a tooth of `a` to the next of `b`
  if (behind < 0) behind += a.period;
  return a.run <= behind && behind + b.run <= a.period;
}

}  // namespace adze
