// SPDX-License-Identifier: Apache-2.0
// Rows of cast: any strides.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kCastRows[] = {
    {"cast_any__reference", "cast", {}, Level::kReference, {}, {}, 2000, {}},
    {"cast_bool_f32__any", "cast", {DType::kBool, DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"cast_bool_i32__any", "cast", {DType::kBool, DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"cast_bool_i64__any", "cast", {DType::kBool, DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"cast_bool_i8__any", "cast", {DType::kBool, DType::kI8}, Level::kAny, {}, {}, 10, {}},
    {"cast_bool_u8__any", "cast", {DType::kBool, DType::kU8}, Level::kAny, {}, {}, 10, {}},
    {"cast_f16_f32__avx2", "cast", {DType::kF16, DType::kF32}, Level::kAvx2, {}, {}, 20, {}},
    {"cast_f16_f32__neon", "cast", {DType::kF16, DType::kF32}, Level::kNeon, {}, {}, 10, {}},
    {"cast_f16_f32__reference", "cast", {DType::kF16, DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"cast_f16_f32__scalar", "cast", {DType::kF16, DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"cast_f32_bool__any", "cast", {DType::kF32, DType::kBool}, Level::kAny, {}, {}, 10, {}},
    {"cast_f32_f16__avx2", "cast", {DType::kF32, DType::kF16}, Level::kAvx2, {}, {}, 20, {}},
    {"cast_f32_f16__neon", "cast", {DType::kF32, DType::kF16}, Level::kNeon, {}, {}, 10, {}},
    {"cast_f32_f16__reference", "cast", {DType::kF32, DType::kF16}, Level::kReference, {}, {}, 1000, {}},
    {"cast_f32_f16__scalar", "cast", {DType::kF32, DType::kF16}, Level::kScalar, {}, {}, 100, {}},
    {"cast_f32_i32__any", "cast", {DType::kF32, DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"cast_f32_i64__any", "cast", {DType::kF32, DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"cast_f32_i8__any", "cast", {DType::kF32, DType::kI8}, Level::kAny, {}, {}, 10, {}},
    {"cast_f32_u8__any", "cast", {DType::kF32, DType::kU8}, Level::kAny, {}, {}, 10, {}},
    {"cast_i32_bool__any", "cast", {DType::kI32, DType::kBool}, Level::kAny, {}, {}, 10, {}},
    {"cast_i32_f32__any", "cast", {DType::kI32, DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"cast_i32_i64__any", "cast", {DType::kI32, DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"cast_i32_i8__any", "cast", {DType::kI32, DType::kI8}, Level::kAny, {}, {}, 10, {}},
    {"cast_i32_u8__any", "cast", {DType::kI32, DType::kU8}, Level::kAny, {}, {}, 10, {}},
    {"cast_i64_bool__any", "cast", {DType::kI64, DType::kBool}, Level::kAny, {}, {}, 10, {}},
    {"cast_i64_f32__any", "cast", {DType::kI64, DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"cast_i64_i32__any", "cast", {DType::kI64, DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"cast_i64_i8__any", "cast", {DType::kI64, DType::kI8}, Level::kAny, {}, {}, 10, {}},
    {"cast_i64_u8__any", "cast", {DType::kI64, DType::kU8}, Level::kAny, {}, {}, 10, {}},
    {"cast_i8_bool__any", "cast", {DType::kI8, DType::kBool}, Level::kAny, {}, {}, 10, {}},
    {"cast_i8_f32__any", "cast", {DType::kI8, DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"cast_i8_i32__any", "cast", {DType::kI8, DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"cast_i8_i64__any", "cast", {DType::kI8, DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"cast_i8_u8__any", "cast", {DType::kI8, DType::kU8}, Level::kAny, {}, {}, 10, {}},
    {"cast_u8_bool__any", "cast", {DType::kU8, DType::kBool}, Level::kAny, {}, {}, 10, {}},
    {"cast_u8_f32__any", "cast", {DType::kU8, DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"cast_u8_i32__any", "cast", {DType::kU8, DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"cast_u8_i64__any", "cast", {DType::kU8, DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"cast_u8_i8__any", "cast", {DType::kU8, DType::kI8}, Level::kAny, {}, {}, 10, {}},
};
static_assert(NamesAscend(kCastRows), "rows stand in ascending order");

}  // namespace adze
