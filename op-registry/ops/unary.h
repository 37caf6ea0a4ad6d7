// SPDX-License-Identifier: Apache-2.0
// clamp, elu, erf, gelu, hard_swish, sigmoid, sqrt, tanh: y = f(x), element by element, the same shape.
//
// clamp has ClampParams, elu has EluParams:
//   elu         x < 0 ? alpha * (exp(x) - 1) : x
// The others have none:
//   erf         2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x
//   gelu        x / 2 * (1 + erf(x / sqrt(2))), so -inf gives NaN
//   hard_swish  x * clamp(x + 3, 0, 6) / 6, so -inf gives NaN
//   sigmoid     1 / (1 + exp(-x))
//   sqrt        NaN below 0
//   tanh        (exp(x) - exp(-x)) / (exp(x) + exp(-x))
// key: types {x}; the common ones
#pragma once

#include "op-registry/ops/clamp_range.h"

namespace adze {

struct ClampParams {
  ClampRange clamp;
};

struct EluParams {
  float alpha = 1;
};

}  // namespace adze
