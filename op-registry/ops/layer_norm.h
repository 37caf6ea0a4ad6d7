// SPDX-License-Identifier: Apache-2.0
// layer_norm: y = (x - mean) / sqrt(variance + epsilon) * gamma + beta, mean and variance over the last dim. The variance is the mean of
// (x - mean)^2.
//
// in: x [..., C], gamma [C], beta [C]    out: y, x's shape. Rank >= 1, C >= 1. A NaN in a row makes the row NaN.
// key: types {x}; kM (rows) kN (C), and the common ones
#pragma once

namespace adze {

struct LayerNormParams {
  float epsilon = 1e-5f;  // >= 0
};

}  // namespace adze
