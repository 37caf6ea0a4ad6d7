// SPDX-License-Identifier: Apache-2.0
// clamp, sigmoid: y = f(x), element by element, the same shape.
//
// clamp has ClampParams; sigmoid (1 / (1 + exp(-x))) has none.
// key: types {x}; the common ones
#pragma once

#include "op-registry/ops/clamp_range.h"

namespace adze {

struct ClampParams {
  ClampRange clamp;
};

}  // namespace adze
