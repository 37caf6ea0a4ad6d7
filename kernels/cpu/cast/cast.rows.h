// SPDX-License-Identifier: Apache-2.0
// Rows of cast: any strides.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kCastRows[] = {
    {"cast_f16_f32__avx2", "cast", {DType::kF16, DType::kF32}, Level::kAvx2, {}, {}, 20, {}},
    {"cast_f16_f32__neon", "cast", {DType::kF16, DType::kF32}, Level::kNeon, {}, {}, 10, {}},
    {"cast_f16_f32__reference", "cast", {DType::kF16, DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"cast_f16_f32__scalar", "cast", {DType::kF16, DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"cast_f32_f16__avx2", "cast", {DType::kF32, DType::kF16}, Level::kAvx2, {}, {}, 20, {}},
    {"cast_f32_f16__neon", "cast", {DType::kF32, DType::kF16}, Level::kNeon, {}, {}, 10, {}},
    {"cast_f32_f16__reference", "cast", {DType::kF32, DType::kF16}, Level::kReference, {}, {}, 1000, {}},
    {"cast_f32_f16__scalar", "cast", {DType::kF32, DType::kF16}, Level::kScalar, {}, {}, 100, {}},
};
static_assert(NamesAscend(kCastRows), "rows stand in ascending order");

}  // namespace adze
