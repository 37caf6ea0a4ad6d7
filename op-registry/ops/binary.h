// SPDX-License-Identifier: Apache-2.0
// add, div, mul, sub: y = clamp(a op b), element by element.
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
