// SPDX-License-Identifier: Apache-2.0
// The rows of matmul: a driver over pack_f32 and gemm_f32 (the right operand is packed anew in every run), the micro-kernel that packs, the
// reference.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr KernelRow kMatMulRows[] = {
    {"matmul_f32__any_gemm",
     "matmul",
     {DType::kF32},
     Level::kAny,
     {"gemm_f32", "pack_f32"},
     F(Feature::kInnerDense) == 1,
     20,
     F(Feature::kGroups) * ((F(Feature::kN) + 15) / 16) * F(Feature::kK) * 64},
    {"matmul_f32__reference", "matmul", {DType::kF32}, Level::kReference, {}, {}, 1000, {}},
};
static_assert(NamesAscend(kMatMulRows), "rows stand in ascending order");

inline constexpr UkernelRow kPackUkernelRows[] = {
    {"pack_f32__scalar", Level::kScalar, {}, 100},
};

}  // namespace adze
