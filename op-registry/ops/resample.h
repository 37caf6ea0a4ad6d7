// SPDX-License-Identifier: Apache-2.0
// resample: y[..., i, ...] = sum over k of weights[i, k] * x[..., start(i) + k, ...] along one axis.
//
// in: x, first [L] int32, weights [L, K]    out: y, x's shape with L elements along the axis. 1 <= K <= x's elements there
// start(i) = clamp(first[i], 0, elements - K). A NaN among the K makes a NaN, whatever its weight.
// key: types {x}; kK (K), and the common ones
#pragma once

#include <cstdint>

namespace adze {

struct ResampleParams {
  int32_t axis = 0;
};

}  // namespace adze
