// SPDX-License-Identifier: Apache-2.0
// Rows of reductions and of what else walks along a dim: any dims, any strides.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kReduceRows[] = {
    {"arg_max_f32__any", "arg_max", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"arg_max_f32__reference", "arg_max", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"arg_max_i32__any", "arg_max", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"arg_max_i32__reference", "arg_max", {DType::kI32}, Level::kReference, {}, {}, 1000, {}},
    {"arg_max_i64__any", "arg_max", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"arg_max_i64__reference", "arg_max", {DType::kI64}, Level::kReference, {}, {}, 1000, {}},
    {"arg_max_i8__any", "arg_max", {DType::kI8}, Level::kAny, {}, {}, 10, {}},
    {"arg_max_i8__reference", "arg_max", {DType::kI8}, Level::kReference, {}, {}, 1000, {}},
    {"arg_max_u8__any", "arg_max", {DType::kU8}, Level::kAny, {}, {}, 10, {}},
    {"arg_max_u8__reference", "arg_max", {DType::kU8}, Level::kReference, {}, {}, 1000, {}},
    {"cumsum_f32__any", "cumsum", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"cumsum_f32__reference", "cumsum", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"cumsum_i32__any", "cumsum", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"cumsum_i32__reference", "cumsum", {DType::kI32}, Level::kReference, {}, {}, 1000, {}},
    {"cumsum_i64__any", "cumsum", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"cumsum_i64__reference", "cumsum", {DType::kI64}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_max_f32__any", "reduce_max", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"reduce_max_f32__reference", "reduce_max", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_max_i32__any", "reduce_max", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"reduce_max_i32__reference", "reduce_max", {DType::kI32}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_max_i64__any", "reduce_max", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"reduce_max_i64__reference", "reduce_max", {DType::kI64}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_max_i8__any", "reduce_max", {DType::kI8}, Level::kAny, {}, {}, 10, {}},
    {"reduce_max_i8__reference", "reduce_max", {DType::kI8}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_max_u8__any", "reduce_max", {DType::kU8}, Level::kAny, {}, {}, 10, {}},
    {"reduce_max_u8__reference", "reduce_max", {DType::kU8}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_mean_f32__any", "reduce_mean", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"reduce_mean_f32__reference", "reduce_mean", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_min_f32__any", "reduce_min", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"reduce_min_f32__reference", "reduce_min", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_min_i32__any", "reduce_min", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"reduce_min_i32__reference", "reduce_min", {DType::kI32}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_min_i64__any", "reduce_min", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"reduce_min_i64__reference", "reduce_min", {DType::kI64}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_min_i8__any", "reduce_min", {DType::kI8}, Level::kAny, {}, {}, 10, {}},
    {"reduce_min_i8__reference", "reduce_min", {DType::kI8}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_min_u8__any", "reduce_min", {DType::kU8}, Level::kAny, {}, {}, 10, {}},
    {"reduce_min_u8__reference", "reduce_min", {DType::kU8}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_prod_f32__any", "reduce_prod", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"reduce_prod_f32__reference", "reduce_prod", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_prod_i32__any", "reduce_prod", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"reduce_prod_i32__reference", "reduce_prod", {DType::kI32}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_prod_i64__any", "reduce_prod", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"reduce_prod_i64__reference", "reduce_prod", {DType::kI64}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_sum_f32__any", "reduce_sum", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"reduce_sum_f32__reference", "reduce_sum", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_sum_i32__any", "reduce_sum", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"reduce_sum_i32__reference", "reduce_sum", {DType::kI32}, Level::kReference, {}, {}, 1000, {}},
    {"reduce_sum_i64__any", "reduce_sum", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"reduce_sum_i64__reference", "reduce_sum", {DType::kI64}, Level::kReference, {}, {}, 1000, {}},
    {"topk_f32__any", "topk", {DType::kF32}, Level::kAny, {}, {}, 10, {}},
    {"topk_f32__reference", "topk", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"topk_i32__any", "topk", {DType::kI32}, Level::kAny, {}, {}, 10, {}},
    {"topk_i32__reference", "topk", {DType::kI32}, Level::kReference, {}, {}, 1000, {}},
    {"topk_i64__any", "topk", {DType::kI64}, Level::kAny, {}, {}, 10, {}},
    {"topk_i64__reference", "topk", {DType::kI64}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kReduceRows), "rows stand in ascending order");

}  // namespace adze
