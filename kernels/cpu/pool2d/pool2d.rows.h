// SPDX-License-Identifier: Apache-2.0
// Rows of pool2d, one or more for each kind, so that a model with maximum pools only ships nothing of the average. Scratch of the maxima over
// rectangles holds the minus infinities that padded positions read; 160 pointers a pixel are the limit of their walk's buffer.
#pragma once

#include "op-registry/core/row.h"
#include "op-registry/ops/pool2d.h"

namespace adze {

inline constexpr Expr kPoolIsMax = F(Feature::kMode) == static_cast<int>(PoolKind::kMax);
inline constexpr Expr kPoolIsAverage = F(Feature::kMode) == static_cast<int>(PoolKind::kAverage);

inline constexpr KernelRow kPool2dRows[] = {
    {"pool2d_f32__any_average", "pool2d", {DType::kF32}, Level::kAny, {"add_f32"}, kPoolIsAverage, 10, {}},
    {"pool2d_f32__any_max", "pool2d", {DType::kF32}, Level::kAny, {"max_f32"}, kPoolIsMax, 10, {}},
    {"pool2d_f32__any_max_rectangles",
     "pool2d",
     {DType::kF32},
     Level::kAny,
     {"maxpool_f32"},
     kPoolIsMax&& F(Feature::kInnerDense) == 1 && F(Feature::kKernelArea) <= 160,
     5,
     F(Feature::kPadded) * F(Feature::kCin) * 4},
    {"pool2d_f32__reference", "pool2d", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kPool2dRows), "rows stand in ascending order");

}  // namespace adze
