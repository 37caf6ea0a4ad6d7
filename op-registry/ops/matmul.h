// SPDX-License-Identifier: Apache-2.0
// matmul: products of matrices that are both computed (constant weights are fully_connected's).
//
//   y[..., m, n] = sum_k a[..., m, k] * b[..., k, n]
//
// in:  a [B..., M, K], b [B..., K, N], of equal rank >= 2; a batch dim of 1 repeats. K >= 1. Every tensor may be strided: a transposed
//      operand is a view
// out: y [B..., M, N]; with heads_inside, which asks for rank >= 3, the last batch dim H stands behind M instead: y [..., M, H, N]
// key: types {a}; kGroups (matrices in y) kM kN kK (of each) kMode (heads_inside), and the common ones, but kInnerDense of a and y only
#pragma once

#include <cstdint>

namespace adze {

struct MatMulParams {
  uint8_t heads_inside = 0;
  uint8_t reserved[3] = {};
};

}  // namespace adze
