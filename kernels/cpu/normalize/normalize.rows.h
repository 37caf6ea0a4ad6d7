// SPDX-License-Identifier: Apache-2.0
// Rows of softmax and layer_norm: drivers over micro-kernels that work on whole rows, and one of softmax for any strides.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kNormalizeRows[] = {
    {"layer_norm_f32__any", "layer_norm", {DType::kF32}, Level::kAny, {"layer_norm_f32"}, F(Feature::kInnerDense) == 1, 10, {}},
    {"layer_norm_f32__reference", "layer_norm", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    // One element after the other, in a third of the bytes: a classifier's single row of a thousand takes microseconds, and the two classes
    // of a detector's boxes fill no vector.
    {"softmax_f32__any", "softmax", {DType::kF32}, Level::kAny, {}, {}, 100, {}},
    {"softmax_f32__any_rows",
     "softmax",
     {DType::kF32},
     Level::kAny,
     {"softmax_f32"},
     F(Feature::kInnerDense) == 1 && F(Feature::kN) >= 16 && F(Feature::kElements) >= 4000,
     10,
     {}},
    {"softmax_f32__reference", "softmax", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kNormalizeRows), "rows stand in ascending order");

inline constexpr UkernelRow kNormalizeUkernelRows[] = {
    {"layer_norm_f32__avx2", Level::kAvx2, {}, 20}, {"layer_norm_f32__avx512", Level::kAvx512, {}, 10},
    {"layer_norm_f32__neon", Level::kNeon, {}, 10}, {"layer_norm_f32__scalar", Level::kScalar, {}, 100},
    {"softmax_f32__avx2", Level::kAvx2, {}, 20},    {"softmax_f32__avx512", Level::kAvx512, {}, 10},
    {"softmax_f32__neon", Level::kNeon, {}, 10},    {"softmax_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kNormalizeUkernelRows), "rows stand in ascending order");

}  // namespace adze
