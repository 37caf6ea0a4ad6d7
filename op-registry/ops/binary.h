// SPDX-License-Identifier: Apache-2.0
// add, div, max, min, mul, sub: y = clamp(a op b), element by element, of float32, float64, int32 or int64. Only float32 is clamped. A NaN in either gives NaN.
// Integers wrap; div cuts towards 0, x / 0 is 0, and the smallest integer / -1 is itself.
//
// in: a, b, of equal rank; a dim of 1 repeats    out: y, each dim the larger one. Every tensor may be strided.
// key: types {a}; kBroadcast (1 if a shape differs from y's), and the common ones
#pragma once

#include "op-registry/ops/clamp_range.h"

namespace adze {

struct BinaryParams {
  ClampRange clamp;
};

}  // namespace adze
