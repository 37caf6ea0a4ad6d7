// SPDX-License-Identifier: Apache-2.0
// Rows of the ops of one input (any strides), and their micro-kernels.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kUnaryRows[] = {
    {"clamp_f32__any", "clamp", {DType::kF32}, Level::kAny, {"clamp_f32"}, {}, 10, {}},
    {"clamp_f32__reference", "clamp", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"erf_f32__any", "erf", {DType::kF32}, Level::kAny, {"erf_f32"}, {}, 10, {}},
    {"erf_f32__reference", "erf", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"gelu_f32__any", "gelu", {DType::kF32}, Level::kAny, {"gelu_f32"}, {}, 10, {}},
    {"gelu_f32__reference", "gelu", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"hard_swish_f32__any", "hard_swish", {DType::kF32}, Level::kAny, {"hard_swish_f32"}, {}, 10, {}},
    {"hard_swish_f32__reference", "hard_swish", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"sigmoid_f32__any", "sigmoid", {DType::kF32}, Level::kAny, {"sigmoid_f32"}, {}, 10, {}},
    {"sigmoid_f32__reference", "sigmoid", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"sqrt_f32__any", "sqrt", {DType::kF32}, Level::kAny, {"sqrt_f32"}, {}, 10, {}},
    {"sqrt_f32__reference", "sqrt", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"tanh_f32__any", "tanh", {DType::kF32}, Level::kAny, {"tanh_f32"}, {}, 10, {}},
    {"tanh_f32__reference", "tanh", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kUnaryRows), "rows stand in ascending order");

// A thousand elements of sigmoid, as the heads of classifiers hold, take a few microseconds one by one: not worth the kilobyte of a vector
// loop. YOLOX-nano, whose activations multiply by a sigmoid, runs in 24 ms with it and in 74 ms without (Zen 5, AVX2).
inline constexpr UkernelRow kUnaryUkernelRows[] = {
    {"clamp_f32__avx2", Level::kAvx2, {}, 20},
    {"clamp_f32__avx512", Level::kAvx512, {}, 10},
    {"clamp_f32__neon", Level::kNeon, {}, 10},
    {"clamp_f32__scalar", Level::kScalar, {}, 100},
    {"erf_f32__scalar", Level::kScalar, {}, 100},
    {"gelu_f32__avx2", Level::kAvx2, {}, 20},
    {"gelu_f32__avx512", Level::kAvx512, {}, 10},
    {"gelu_f32__neon", Level::kNeon, {}, 10},
    {"gelu_f32__scalar", Level::kScalar, {}, 100},
    {"hard_swish_f32__avx2", Level::kAvx2, {}, 20},
    {"hard_swish_f32__avx512", Level::kAvx512, {}, 10},
    {"hard_swish_f32__neon", Level::kNeon, {}, 10},
    {"hard_swish_f32__scalar", Level::kScalar, {}, 100},
    {"sigmoid_f32__avx2", Level::kAvx2, F(Feature::kElements) >= 4000, 20},
    {"sigmoid_f32__avx512", Level::kAvx512, F(Feature::kElements) >= 4000, 10},
    {"sigmoid_f32__neon", Level::kNeon, F(Feature::kElements) >= 4000, 10},
    {"sigmoid_f32__scalar", Level::kScalar, {}, 100},
    {"sqrt_f32__scalar", Level::kScalar, {}, 100},
    {"tanh_f32__avx2", Level::kAvx2, {}, 20},
    {"tanh_f32__avx512", Level::kAvx512, {}, 10},
    {"tanh_f32__neon", Level::kNeon, {}, 10},
    {"tanh_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kUnaryUkernelRows), "rows stand in ascending order");

}  // namespace adze
