// SPDX-License-Identifier: Apache-2.0
// Rows of the functions of one element without a vector loop (any strides).
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kMathRows[] = {
    {"abs_any__reference", "abs", {}, Level::kReference, {}, {}, 1000, {}},
    {"abs_f32__scalar", "abs", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"abs_i32__scalar", "abs", {DType::kI32}, Level::kScalar, {}, {}, 100, {}},
    {"abs_i64__scalar", "abs", {DType::kI64}, Level::kScalar, {}, {}, 100, {}},
    {"acos_f32__reference", "acos", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"acos_f32__scalar", "acos", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"acosh_f32__reference", "acosh", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"acosh_f32__scalar", "acosh", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"asin_f32__reference", "asin", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"asin_f32__scalar", "asin", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"asinh_f32__reference", "asinh", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"asinh_f32__scalar", "asinh", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"atan_f32__reference", "atan", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"atan_f32__scalar", "atan", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"atanh_f32__reference", "atanh", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"atanh_f32__scalar", "atanh", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"ceil_f32__reference", "ceil", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"ceil_f32__scalar", "ceil", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"cos_f32__reference", "cos", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"cos_f32__scalar", "cos", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"cosh_f32__reference", "cosh", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"cosh_f32__scalar", "cosh", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"elu_f32__reference", "elu", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"elu_f32__scalar", "elu", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"exp_f32__reference", "exp", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"exp_f32__scalar", "exp", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"floor_f32__reference", "floor", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"floor_f32__scalar", "floor", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"log_f32__reference", "log", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"log_f32__scalar", "log", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"neg_any__reference", "neg", {}, Level::kReference, {}, {}, 1000, {}},
    {"neg_f32__scalar", "neg", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"neg_i32__scalar", "neg", {DType::kI32}, Level::kScalar, {}, {}, 100, {}},
    {"neg_i64__scalar", "neg", {DType::kI64}, Level::kScalar, {}, {}, 100, {}},
    {"round_f32__reference", "round", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"round_f32__scalar", "round", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"sign_any__reference", "sign", {}, Level::kReference, {}, {}, 1000, {}},
    {"sign_f32__scalar", "sign", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"sign_i32__scalar", "sign", {DType::kI32}, Level::kScalar, {}, {}, 100, {}},
    {"sign_i64__scalar", "sign", {DType::kI64}, Level::kScalar, {}, {}, 100, {}},
    {"sin_f32__reference", "sin", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"sin_f32__scalar", "sin", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"sinh_f32__reference", "sinh", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"sinh_f32__scalar", "sinh", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"softplus_f32__reference", "softplus", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"softplus_f32__scalar", "softplus", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
    {"tan_f32__reference", "tan", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"tan_f32__scalar", "tan", {DType::kF32}, Level::kScalar, {}, {}, 100, {}},
};
static_assert(NamesAscend(kMathRows), "rows stand in ascending order");

}  // namespace adze
