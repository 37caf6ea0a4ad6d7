// SPDX-License-Identifier: Apache-2.0
// grid_sample: y[n, o..., c] = x[n, ..., c] where grid[n, o...] says, one number in -1 .. 1 an axis, the innermost axis first.
//
// in: x [N, S..., C], grid [N, O..., K]    out: y [N, O..., C]. K = 2 or 3 is how many S and O there are; S >= 1
// at = (g + 1) / 2 * (size - 1) with align_corners, else ((g + 1) * size - 1) / 2, in float32; nearest: rounded, halves to even.
// With reflection, what lies beyond the ends (0 and size - 1 with align_corners, else -1/2 and size - 1/2) is reflected at them; a place beyond
// +-2^20 counts as that far, NaN as -2^20. linear: two neighbours an axis, cubic: four, Keys' filter with -0.75. Neighbours outside are 0 (zeros),
// the edge (border), or reflected. Those of weight 0 have no say, a NaN among the others makes a NaN.
// key: types {x, grid}; kMode, and the common ones
#pragma once

#include <cstdint>

namespace adze {

// The numbers are part of the .adze format.
enum class GridInterpolation : uint8_t { kNearest = 0, kLinear = 1, kCubic = 2 };
enum class GridPadding : uint8_t { kZeros = 0, kBorder = 1, kReflection = 2 };

struct GridSampleParams {
  GridInterpolation interpolation = GridInterpolation::kLinear;
  GridPadding padding = GridPadding::kZeros;
  uint8_t align_corners = 0;  // 0 or 1
  uint8_t reserved = 0;
};

}  // namespace adze
