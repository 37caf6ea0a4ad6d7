// SPDX-License-Identifier: Apache-2.0
// Rows of the ops of one input (any strides), and their micro-kernels.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kUnaryRows[] = {
    {"clamp_f32__any", "clamp", {DType::kF32}, Level::kAny, {"clamp_f32"}, {}, 10, {}},
    {"clamp_f32__reference", "clamp", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"hard_swish_f32__any", "hard_swish", {DType::kF32}, Level::kAny, {"hard_swish_f32"}, {}, 10, {}},
    {"hard_swish_f32__reference", "hard_swish", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"sigmoid_f32__any", "sigmoid", {DType::kF32}, Level::kAny, {"sigmoid_f32"}, {}, 10, {}},
    {"sigmoid_f32__reference", "sigmoid", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kUnaryRows), "rows stand in ascending order");

inline constexpr UkernelRow kUnaryUkernelRows[] = {
    {"clamp_f32__avx2", Level::kAvx2, {}, 20},        {"clamp_f32__avx512", Level::kAvx512, {}, 10},
    {"clamp_f32__neon", Level::kNeon, {}, 10},        {"clamp_f32__scalar", Level::kScalar, {}, 100},
    {"hard_swish_f32__avx2", Level::kAvx2, {}, 20},   {"hard_swish_f32__avx512", Level::kAvx512, {}, 10},
    {"hard_swish_f32__neon", Level::kNeon, {}, 10},   {"hard_swish_f32__scalar", Level::kScalar, {}, 100},
    {"sigmoid_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kUnaryUkernelRows), "rows stand in ascending order");

}  // namespace adze
