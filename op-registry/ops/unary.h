// SPDX-License-Identifier: Apache-2.0
// clamp, hard_swish, sigmoid: y = f(x), element by element, the same shape.
//
// clamp has ClampParams. The others have none:
//   hard_swish  x * clamp(x + 3, 0, 6) / 6, so -inf gives NaN
//   sigmoid     1 / (1 + exp(-x))
// key: types {x}; the common ones
#pragma once

#include "op-registry/ops/clamp_range.h"

namespace adze {

struct ClampParams {
  ClampRange clamp;
};

}  // namespace adze
