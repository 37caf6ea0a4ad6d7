// SPDX-License-Identifier: Apache-2.0
// Rows of the operations of two elements without a vector loop (any strides): integers, float64, remainders, powers, bits, PReLU.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

// Of floats add, div, max, min, mul and sub are rows of binary/, and cheaper ones at level reference too.
inline constexpr KernelRow kArithmeticRows[] = {
    {"add_any__reference", "add", {}, Level::kReference, {}, F(Feature::kElementBytes) >= 4, 2000, {}},
    {"add_f64__any", "add", {DType::kF64}, Level::kAny, {}, {}, 10, {}},
    {"add_i32__any", "add", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"add_i64__any", "add", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"bitwise_and_any__any", "bitwise_and", {}, Level::kAny, {}, {}, 10, {}},
    {"bitwise_and_any__reference", "bitwise_and", {}, Level::kReference, {}, {}, 1000, {}},
    {"bitwise_or_any__any", "bitwise_or", {}, Level::kAny, {}, {}, 10, {}},
    {"bitwise_or_any__reference", "bitwise_or", {}, Level::kReference, {}, {}, 1000, {}},
    {"bitwise_xor_any__any", "bitwise_xor", {}, Level::kAny, {}, {}, 10, {}},
    {"bitwise_xor_any__reference", "bitwise_xor", {}, Level::kReference, {}, {}, 1000, {}},
    {"div_any__reference", "div", {}, Level::kReference, {}, F(Feature::kElementBytes) >= 4, 2000, {}},
    {"div_f64__any", "div", {DType::kF64}, Level::kAny, {}, {}, 10, {}},
    {"div_i32__any", "div", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"div_i64__any", "div", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"floor_div_any__reference", "floor_div", {}, Level::kReference, {}, {}, 1000, {}},
    {"floor_div_i32__any", "floor_div", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"floor_div_i64__any", "floor_div", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"fmod_any__reference", "fmod", {}, Level::kReference, {}, {}, 1000, {}},
    {"fmod_f32__scalar", "fmod", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"fmod_i32__any", "fmod", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"fmod_i64__any", "fmod", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"max_any__reference", "max", {}, Level::kReference, {}, F(Feature::kElementBytes) >= 4, 2000, {}},
    {"max_f64__any", "max", {DType::kF64}, Level::kAny, {}, {}, 10, {}},
    {"max_i32__any", "max", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"max_i64__any", "max", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"min_any__reference", "min", {}, Level::kReference, {}, F(Feature::kElementBytes) >= 4, 2000, {}},
    {"min_f64__any", "min", {DType::kF64}, Level::kAny, {}, {}, 10, {}},
    {"min_i32__any", "min", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"min_i64__any", "min", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"mod_any__reference", "mod", {}, Level::kReference, {}, {}, 1000, {}},
    {"mod_f32__scalar", "mod", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"mod_i32__any", "mod", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"mod_i64__any", "mod", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"mul_any__reference", "mul", {}, Level::kReference, {}, F(Feature::kElementBytes) >= 4, 2000, {}},
    {"mul_f64__any", "mul", {DType::kF64}, Level::kAny, {}, {}, 10, {}},
    {"mul_i32__any", "mul", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"mul_i64__any", "mul", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"pow_any__reference", "pow", {}, Level::kReference, {}, {}, 1000, {}},
    {"pow_f32__scalar", "pow", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"pow_i32__any", "pow", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"pow_i64__any", "pow", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"prelu_f32__reference", "prelu", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"prelu_f32__scalar", "prelu", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"sub_any__reference", "sub", {}, Level::kReference, {}, F(Feature::kElementBytes) >= 4, 2000, {}},
    {"sub_f64__any", "sub", {DType::kF64}, Level::kAny, {}, {}, 10, {}},
    {"sub_i32__any", "sub", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"sub_i64__any", "sub", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
};
static_assert(NamesAscend(kArithmeticRows), "rows stand in ascending order");

}  // namespace adze
