// SPDX-License-Identifier: Apache-2.0
// resize_linear: y[n, h, w, c] = x between the two nearest rows and the two nearest columns.
//
// in: x [N, H, W, C]    out: y [N, Ho, Wo, C], kept from the file. H, W >= 1
// at(i) = clamp(i * step + offset, 0, size - 1) in float64, low = floor(at), high = min(low + 1, size - 1), weight = float32(at - low)
//   row = x[low] * (1 - weight) + x[high] * weight along W, then the same of two rows along H. A NaN among the four makes a NaN, whatever its
//   weight; so does an infinity of weight 0.
// key: types {x}; kHin kWin kCin kHout kWout, and the common ones
#pragma once

namespace adze {

struct ResizeLinearParams {
  double step_h = 1, offset_h = 0, step_w = 1, offset_w = 0;  // magnitudes of at most 2^31
};

}  // namespace adze
