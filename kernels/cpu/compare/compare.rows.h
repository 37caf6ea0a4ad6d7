// SPDX-License-Identifier: Apache-2.0
// Rows of the comparisons of two elements (any strides).
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kCompareRows[] = {
    {"equal_any__reference", "equal", {}, Level::kReference, {}, {}, 1000, {}},
    {"equal_bool__any", "equal", {DType::kBool}, Level::kAny, {}, {}, 10, {}},
    {"equal_f32__any", "equal", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"equal_f64__any", "equal", {DType::kF64}, Level::kAny, {}, {}, 10, {}},
    {"equal_i32__any", "equal", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"equal_i64__any", "equal", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"less_any__reference", "less", {}, Level::kReference, {}, {}, 1000, {}},
    {"less_equal_any__reference", "less_equal", {}, Level::kReference, {}, {}, 1000, {}},
    {"less_equal_f32__any", "less_equal", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"less_equal_f64__any", "less_equal", {DType::kF64}, Level::kAny, {}, {}, 10, {}},
    {"less_equal_i32__any", "less_equal", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"less_equal_i64__any", "less_equal", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"less_f32__any", "less", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"less_f64__any", "less", {DType::kF64}, Level::kAny, {}, {}, 10, {}},
    {"less_i32__any", "less", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"less_i64__any", "less", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"not_equal_any__reference", "not_equal", {}, Level::kReference, {}, {}, 1000, {}},
    {"not_equal_bool__any", "not_equal", {DType::kBool}, Level::kAny, {}, {}, 10, {}},
    {"not_equal_f32__any", "not_equal", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"not_equal_f64__any", "not_equal", {DType::kF64}, Level::kAny, {}, {}, 10, {}},
    {"not_equal_i32__any", "not_equal", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"not_equal_i64__any", "not_equal", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
};
static_assert(NamesAscend(kCompareRows), "rows stand in ascending order");

}  // namespace adze
