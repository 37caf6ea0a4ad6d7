// SPDX-License-Identifier: Apache-2.0
// Rows of reduce_mean: any dims, any strides.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kReduceRows[] = {
    {"reduce_mean_f32__any", "reduce_mean", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"reduce_mean_f32__reference", "reduce_mean", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kReduceRows), "rows stand in ascending order");

}  // namespace adze
