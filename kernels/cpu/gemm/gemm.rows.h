// SPDX-License-Identifier: Apache-2.0
// The rows of the indirect matrix-product tiles (kernels/contract/gemm.h). Costs are relative time of one product: constants.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr UkernelRow kGemmUkernelRows[] = {
    {"gemm_f32__avx2_1x64", Level::kAvx2, F(Feature::kM) == 1, 15},
    {"gemm_f32__avx2_6x16", Level::kAvx2, {}, 20},
    {"gemm_f32__avx512_1x64", Level::kAvx512, F(Feature::kM) == 1, 5},
    {"gemm_f32__avx512_7x32", Level::kAvx512, {}, 10},
    {"gemm_f32__neon_5x16", Level::kNeon, {}, 20},
    {"gemm_f32__scalar_2x16", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kGemmUkernelRows), "gemm rows stand in ascending order");

}  // namespace adze
