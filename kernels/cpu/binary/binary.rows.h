// SPDX-License-Identifier: Apache-2.0
// Rows of add, div, max, min, mul and sub of floats (any strides), and the micro-kernels over runs of adjacent floats that they and the pools call.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kBinaryRows[] = {
    {"add_f32__any", "add", {DType::kF32}, Level::kAny, {"add_f32"}, {}, 10, {}},
    {"add_f32__reference", "add", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"div_f32__any", "div", {DType::kF32}, Level::kAny, {"div_f32"}, {}, 10, {}},
    {"div_f32__reference", "div", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"max_f32__any", "max", {DType::kF32}, Level::kAny, {"max_f32"}, {}, 10, {}},
    {"max_f32__reference", "max", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"min_f32__any", "min", {DType::kF32}, Level::kAny, {"min_f32"}, {}, 10, {}},
    {"min_f32__reference", "min", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"mul_f32__any", "mul", {DType::kF32}, Level::kAny, {"mul_f32"}, {}, 10, {}},
    {"mul_f32__reference", "mul", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
    {"sub_f32__any", "sub", {DType::kF32}, Level::kAny, {"sub_f32"}, {}, 10, {}},
    {"sub_f32__reference", "sub", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kBinaryRows), "rows stand in ascending order");

// div, min and sub have no model yet that spends time in them: the four lanes of any CPU do.
inline constexpr UkernelRow kBinaryUkernelRows[] = {
    {"add_f32__avx2", Level::kAvx2, {}, 20},      {"add_f32__avx512", Level::kAvx512, {}, 10},
    {"add_f32__neon", Level::kNeon, {}, 10},      {"add_f32__scalar", Level::kScalar, {}, 100},
    {"div_f32__scalar", Level::kScalar, {}, 100}, {"max_f32__avx2", Level::kAvx2, {}, 20},
    {"max_f32__avx512", Level::kAvx512, {}, 10},  {"max_f32__neon", Level::kNeon, {}, 10},
    {"max_f32__scalar", Level::kScalar, {}, 100}, {"min_f32__scalar", Level::kScalar, {}, 100},
    {"mul_f32__avx2", Level::kAvx2, {}, 20},      {"mul_f32__avx512", Level::kAvx512, {}, 10},
    {"mul_f32__neon", Level::kNeon, {}, 10},      {"mul_f32__scalar", Level::kScalar, {}, 100},
    {"sub_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kBinaryUkernelRows), "rows stand in ascending order");

}  // namespace adze
