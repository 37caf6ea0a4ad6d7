// SPDX-License-Identifier: Apache-2.0
// Checks that the definitions of ops along an axis, or with indices, share. Apart from operands.h: crops without such ops do not hold them.
#pragma once

#include "op-registry/core/op.h"
#include "op-registry/ops/operands.h"

namespace adze {

// `axis` is a dim of `t`.
Status CheckAxis(const Tensor& t, int32_t axis);

// int32 or int64.
Status CheckIndices(const Tensor& t);

// Appends t's dims [from, to); refuses more than kMaxRank.
Status AppendDims(const Tensor& t, int from, int to, Shape* shape);

// The first `n` dims of `t` are those of `like`.
Status CheckLeading(const Tensor& t, int n, const Tensor& like);

// `t` has like's rank and, but for `axis`, dims of at most like's.
Status CheckInside(const Tensor& t, const Tensor& like, int axis);

// An output that can exist; where it has elements, x has some along the `n` dims from `first` on.
Status CheckGathered(const Tensor& x, int first, int n, const TensorType& out);

}  // namespace adze
