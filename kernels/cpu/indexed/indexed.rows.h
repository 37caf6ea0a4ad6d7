// SPDX-License-Identifier: Apache-2.0
// Rows of the ops whose places stand in a tensor of indices: any dtype, any strides.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kIndexedRows[] = {
    {"gather_any__any", "gather", {}, Level::kAny, {}, {}, 10, {}},
    {"gather_any__reference", "gather", {}, Level::kReference, {}, {}, 1000, {}},
    {"gather_elements_any__any", "gather_elements", {}, Level::kAny, {}, {}, 10, {}},
    {"gather_elements_any__reference", "gather_elements", {}, Level::kReference, {}, {}, 1000, {}},
    {"gather_nd_any__any", "gather_nd", {}, Level::kAny, {}, {}, 10, {}},
    {"gather_nd_any__reference", "gather_nd", {}, Level::kReference, {}, {}, 1000, {}},
    {"one_hot_any__any", "one_hot", {}, Level::kAny, {}, {}, 10, {}},
    {"one_hot_any__reference", "one_hot", {}, Level::kReference, {}, {}, 1000, {}},
    {"scatter_elements_any__any", "scatter_elements", {}, Level::kAny, {}, F(Feature::kMode) == 0, 10, {}},
    {"scatter_elements_any__reference", "scatter_elements", {}, Level::kReference, {}, F(Feature::kMode) == 0, 1000, {}},
    {"scatter_elements_f32__any", "scatter_elements", {DType::kF32}, Level::kAny, {}, F(Feature::kMode) != 0, 10, {}},
    {"scatter_elements_f32__reference", "scatter_elements", {DType::kF32}, Level::kReference, {}, F(Feature::kMode) != 0, 1000, {}},
    {"scatter_elements_i32__any", "scatter_elements", {DType::kI32}, Level::kAny, {}, F(Feature::kMode) != 0, 10, {}},
    {"scatter_elements_i32__reference", "scatter_elements", {DType::kI32}, Level::kReference, {}, F(Feature::kMode) != 0, 1000, {}},
    {"scatter_elements_i64__any", "scatter_elements", {DType::kI64}, Level::kAny, {}, F(Feature::kMode) != 0, 10, {}},
    {"scatter_elements_i64__reference", "scatter_elements", {DType::kI64}, Level::kReference, {}, F(Feature::kMode) != 0, 1000, {}},
    {"scatter_nd_any__any", "scatter_nd", {}, Level::kAny, {}, F(Feature::kMode) == 0, 10, {}},
    {"scatter_nd_any__reference", "scatter_nd", {}, Level::kReference, {}, F(Feature::kMode) == 0, 1000, {}},
    {"scatter_nd_f32__any", "scatter_nd", {DType::kF32}, Level::kAny, {}, F(Feature::kMode) != 0, 10, {}},
    {"scatter_nd_f32__reference", "scatter_nd", {DType::kF32}, Level::kReference, {}, F(Feature::kMode) != 0, 1000, {}},
    {"scatter_nd_i32__any", "scatter_nd", {DType::kI32}, Level::kAny, {}, F(Feature::kMode) != 0, 10, {}},
    {"scatter_nd_i32__reference", "scatter_nd", {DType::kI32}, Level::kReference, {}, F(Feature::kMode) != 0, 1000, {}},
    {"scatter_nd_i64__any", "scatter_nd", {DType::kI64}, Level::kAny, {}, F(Feature::kMode) != 0, 10, {}},
    {"scatter_nd_i64__reference", "scatter_nd", {DType::kI64}, Level::kReference, {}, F(Feature::kMode) != 0, 1000, {}},
};
static_assert(NamesAscend(kIndexedRows), "rows stand in ascending order");

}  // namespace adze
