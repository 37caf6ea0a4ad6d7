// SPDX-License-Identifier: Apache-2.0
// The rows of the indirect matrix-product tiles (kernels/contract/gemm.h).
//
// A cost counts tiles down the rows of the product: those of 6x16 and 7x32 take the same time per column but for the 1.15 of the seventh row
// (benchmarks/costs/fit.py on benchmarks/results/kernel_costs.csv, a Zen 4, where two 256-bit multiply-adds last as long as one of 512 bits),
// and columns and depth are the same for all. So 7x32 serves except where its last tile is mostly empty, 6 rows of 8 for instance; equal
// numbers go to 6x16, which comes first by name. Limit: a CPU with two whole 512-bit pipes would rather have 7x32 in those as well.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

constexpr Expr TilesOf(int rows) { return (F(Feature::kM) + (rows - 1)) / rows; }

// Above every number of tiles: nowhere the fastest.
inline constexpr int kSlowest = 1 << 30;

// One row at a time, four panels side by side, against tiles of which two rows of 6 or 7 are wanted: 1.4 times as fast where there are four panels.
inline constexpr Expr kFewRows = F(Feature::kM) == 1 || (F(Feature::kM) == 2 && F(Feature::kN) >= 64);

inline constexpr UkernelRow kGemmUkernelRows[] = {
    {"gemm_f32__avx2_1x64", Level::kAvx2, kFewRows, 0},      {"gemm_f32__avx2_6x16", Level::kAvx2, {}, TilesOf(6)},
    {"gemm_f32__avx512_1x64", Level::kAvx512, kFewRows, -1}, {"gemm_f32__avx512_7x32", Level::kAvx512, {}, TilesOf(7)},
    {"gemm_f32__neon_5x16", Level::kNeon, {}, 20},           {"gemm_f32__scalar_2x16", Level::kScalar, {}, kSlowest},
};
static_assert(NamesAscend(kGemmUkernelRows), "gemm rows stand in ascending order");

}  // namespace adze
