// SPDX-License-Identifier: Apache-2.0
// reduce_mean: the mean over some dims, which stay as dims of 1.
//
// in: x, any rank >= 1    out: y, x's shape with 1 for each dim of `axes`. Those dims are at least 1 in x.
// key: types {x}; kK (elements behind each mean), and the common ones
#pragma once

#include <cstdint>

namespace adze {

struct ReduceMeanParams {
  uint32_t axes = 0;  // bit d: dim d; at least one
};

}  // namespace adze
