// SPDX-License-Identifier: Apache-2.0
// The rows of the depthwise inner loops (kernels/contract/dwconv.h). Costs are an order of rows, constants: in
// benchmarks/results/kernel_costs.csv the first of it that serves a layer is within 10 % of the fastest, whatever the layer's size.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

// Kernels `width` columns wide at a stride below their width, not dilated: neighbouring pixels share row pointers. Rows of fewer than 4 output
// pixels never reach the loop over 4 pixels, and what is left of these kernels there is up to 1.7 times as slow as the general ones.
constexpr Expr IsWindow(int width, int stride) {
  return F(Feature::kKernelW) == width && F(Feature::kStrideW) == stride && F(Feature::kDilated) == 0 && F(Feature::kWout) >= 4;
}

// 9 to 15 channels are left after whole sixteens. One masked vector of 16 lanes is faster than two of 8 there, 1.3 times for 10 channels; else
// both general kernels wait for the same chain of multiply-adds, and that of 8 lanes is 1.0 to 1.3 times as fast.
inline constexpr Expr kLastVectorIsWide = (F(Feature::kCout) + 7) / 16 > F(Feature::kCout) / 16;

inline constexpr UkernelRow kDwconvUkernelRows[] = {
    {"dwconv_f32__avx2", Level::kAvx2, {}, 20},
    {"dwconv_f32__avx2_w3s1", Level::kAvx2, IsWindow(3, 1), 15},
    {"dwconv_f32__avx2_w3s2", Level::kAvx2, IsWindow(3, 2), 15},
    {"dwconv_f32__avx2_w5s1", Level::kAvx2, IsWindow(5, 1), 15},
    {"dwconv_f32__avx2_w5s2", Level::kAvx2, IsWindow(5, 2), 15},
    {"dwconv_f32__avx512", Level::kAvx512, kLastVectorIsWide, 10},
    {"dwconv_f32__avx512_w3s1", Level::kAvx512, IsWindow(3, 1), 5},
    {"dwconv_f32__avx512_w3s2", Level::kAvx512, IsWindow(3, 2), 5},
    {"dwconv_f32__avx512_w5s1", Level::kAvx512, IsWindow(5, 1), 5},
    {"dwconv_f32__avx512_w5s2", Level::kAvx512, IsWindow(5, 2), 5},
    {"dwconv_f32__neon", Level::kNeon, {}, 20},
    {"dwconv_f32__neon_w3s1", Level::kNeon, IsWindow(3, 1), 15},
    {"dwconv_f32__neon_w3s2", Level::kNeon, IsWindow(3, 2), 15},
    {"dwconv_f32__neon_w5s1", Level::kNeon, IsWindow(5, 1), 15},
    {"dwconv_f32__neon_w5s2", Level::kNeon, IsWindow(5, 2), 15},
    {"dwconv_f32__scalar", Level::kScalar, {}, 100},
};
static_assert(NamesAscend(kDwconvUkernelRows), "dwconv rows stand in ascending order");

}  // namespace adze
