// SPDX-License-Identifier: Apache-2.0
// The rows of the depthwise inner loops (kernels/contract/dwconv.h). Costs are relative time of one product: constants.
#pragma once

#include "op-registry/core/row.h"

namespace adze {

// Kernels `width` columns wide at a stride below their width, not dilated: neighbouring pixels share row pointers.
constexpr Expr IsWindow(int width, int stride) {
  return F(Feature::kKernelW) == width && F(Feature::kStrideW) == stride && F(Feature::kDilated) == 0;
}

inline constexpr UkernelRow kDwconvUkernelRows[] = {
    {"dwconv_f32__avx2", Level::kAvx2, {}, 20},
    {"dwconv_f32__avx2_w3s1", Level::kAvx2, IsWindow(3, 1), 15},
    {"dwconv_f32__avx2_w3s2", Level::kAvx2, IsWindow(3, 2), 15},
    {"dwconv_f32__avx2_w5s1", Level::kAvx2, IsWindow(5, 1), 15},
    {"dwconv_f32__avx2_w5s2", Level::kAvx2, IsWindow(5, 2), 15},
    {"dwconv_f32__avx512", Level::kAvx512, {}, 10},
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
