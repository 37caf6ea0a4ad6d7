// SPDX-License-Identifier: Apache-2.0
// Micro-kernel contract "winograd_f32": the two transforms of F(4 x 4, 3 x 3) around its 36 matrix products (op-registry/core/winograd.h).
//
//   input:   v[i * 6 + j][c] = (Bt x[.][c] B)[i][j]
//   output:  y[i][j][c] = clamp((At m[.][c] A)[i][j] + bias[c] + residual[i][j][c])
#pragma once

#include <cstddef>

namespace adze {

// One patch of 6 x 6 pixels.
struct WinogradF32Input {
  const float* const* x;  // [36], row by row; behind each `channels` adjacent floats, zeros outside of the picture; no read past them
  size_t channels;
  float* v;               // writes `channels` rounded up to 16 floats at each position
  size_t position_bytes;  // from one position of v to the next
};

// One tile of 4 x 4 pixels, or the part of it that lies inside the output.
struct WinogradF32Output {
  const float* m;         // readable up to `channels` rounded up to 16
  size_t position_bytes;  // from one position of m to the next
  size_t channels;
  const float* bias;    // [channels rounded up to 16]
  size_t rows, pixels;  // 1 .. 4 each: writes exactly rows x pixels x channels
  float* y;
  size_t y_row_bytes, y_pixel_bytes;
  const float* residual;  // null: none
  size_t residual_row_bytes, residual_pixel_bytes;
  float lo, hi;  // clamp, NaN passes through
};

// The object behind a UkernelRow of family winograd_f32.
struct WinogradF32Ukernel {
  void (*input)(const WinogradF32Input& patch);
  void (*output)(const WinogradF32Output& tile);
};

}  // namespace adze
