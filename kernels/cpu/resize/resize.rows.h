// SPDX-License-Identifier: Apache-2.0
// Rows of resizes: grid_sample, resample and resize_nearest for any strides, resize_linear over a micro-kernel.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kResizeRows[] = {
    {"grid_sample_f32__any", "grid_sample", {DType::kF32, DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"grid_sample_f32__reference", "grid_sample", {DType::kF32, DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"resample_f32__any", "resample", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"resample_f32__reference", "resample", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    // Scratch: a LinearTap for each column.
    {"resize_linear_f32__any",
     "resize_linear",
     {DType::kF32},
     Level::kAny,
     {"resize_linear_f32"},
     F(Feature::kInnerDense) == 1,
     10,
     F(Feature::kWout) * 12},
    {"resize_linear_f32__reference", "resize_linear", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"resize_nearest_any__any", "resize_nearest", {}, Level::kAny, {}, {}, 10, {}},
    {"resize_nearest_any__reference", "resize_nearest", {}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kResizeRows), "rows stand in ascending order");

inline constexpr UkernelRow kResizeUkernelRows[] = {
    {"resize_linear_f32__avx2", Level::kAvx2, {}, 20},
    {"resize_linear_f32__avx512", Level::kAvx512, {}, 10},
    {"resize_linear_f32__neon", Level::kNeon, {}, 10},
    {"resize_linear_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kResizeUkernelRows), "rows stand in ascending order");

}  // namespace adze
