// SPDX-License-Identifier: Apache-2.0
// softmax: y = exp(beta * (x - max)) / sum over the last dim.
//
// in: x [..., C]    out: y, the same shape. Rank >= 1. A NaN in a row makes the row NaN.
// key: types {x}; kM (rows) kN (C), and the common ones
#pragma once

namespace adze {

struct SoftmaxParams {
  float beta = 1;
};

}  // namespace adze
