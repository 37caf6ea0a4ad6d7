// SPDX-License-Identifier: Apache-2.0
// resize_nearest: y[n, h, w, c] = x[n, source(h), source(w), c].
//
// in: x [N, H, W, C]    out: y [N, Ho, Wo, C], kept from the file
// source(i) = clamp(round(coordinate(i)), 0, size - 1), computed in float32 with scale = output size / input size unless given:
//   kAsymmetric  i / scale          kHalfPixel  (i + 0.5) / scale - 0.5
// key: no types; kHin kWin kCin kHout kWout, and the common ones
#pragma once

#include <cstdint>

namespace adze {

// The numbers are part of the .adze format.
enum class Coordinate : uint8_t { kAsymmetric = 0, kHalfPixel = 1 };
enum class NearestRounding : uint8_t { kFloor = 0, kRoundPreferFloor = 1 };

struct ResizeNearestParams {
  float scale_h = 0, scale_w = 0;  // 0: output size / input size
  Coordinate coordinate = Coordinate::kAsymmetric;
  NearestRounding rounding = NearestRounding::kFloor;
  uint8_t reserved[2] = {};
};

}  // namespace adze
