// SPDX-License-Identifier: Apache-2.0
// Rows of add and mul (any strides), and the micro-kernels over runs of adjacent floats that they and the pools call.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kBinaryRows[] = {
    {"add_f32__any", "add", {DType::kF32}, Level::kAny, {"add_f32"}, {}, 10, {}},
    {"add_f32__reference", "add", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"mul_f32__any", "mul", {DType::kF32}, Level::kAny, {"mul_f32"}, {}, 10, {}},
    {"mul_f32__reference", "mul", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kBinaryRows), "rows stand in ascending order");

inline constexpr UkernelRow kBinaryUkernelRows[] = {
    {"add_f32__avx2", Level::kAvx2, {}, 20}, {"add_f32__avx512", Level::kAvx512, {}, 10},
    {"add_f32__neon", Level::kNeon, {}, 10}, {"add_f32__scalar", Level::kScalar, {}, 100},
    {"max_f32__avx2", Level::kAvx2, {}, 20}, {"max_f32__avx512", Level::kAvx512, {}, 10},
    {"max_f32__neon", Level::kNeon, {}, 10}, {"max_f32__scalar", Level::kScalar, {}, 100},
    {"mul_f32__avx2", Level::kAvx2, {}, 20}, {"mul_f32__avx512", Level::kAvx512, {}, 10},
    {"mul_f32__neon", Level::kNeon, {}, 10}, {"mul_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kBinaryUkernelRows), "rows stand in ascending order");

}  // namespace adze
