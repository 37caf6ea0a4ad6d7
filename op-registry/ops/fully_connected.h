// SPDX-License-Identifier: Apache-2.0
// fully_connected: a matrix product with constant weights.
//
//   float32: y[m, n] = clamp(bias[n] + sum_k x[m, k] * w[n, k])
//   int8:    acc = bias[n] + sum_k (x[m, k] - x_zero_point) * (w[n, k] - w_zero_point)
//            y[m, n] = saturate(rescale(acc, x_scale * w_scale / y_scale) + y_zero_point) to [q_lo, q_hi]
//
// in:  x [M, K], w as `packing` says (kNone: [N, K]), bias [N] float32 or int32, padded to 16 where packed (may be absent while packing is
//      kNone)
// out: y [M, N]
// key: types {x, w, y}; kM kN kK kPacking kMode (RescaleMode), and the common ones
#pragma once

#include <cstdint>

#include "op-registry/core/packing.h"
#include "op-registry/ops/clamp_range.h"

namespace adze {

// How an integer accumulator is brought to the output's scale. Chosen by the importer so that the outside runtime's bits come out.
// The numbers are part of the .adze format.
//
// kF64Away: rescale(acc) = round((double)acc * ((double)x_scale * (double)w_scale / (double)y_scale)), halves away from zero. Found by
// running the reference kernels of ai-edge-litert 2.3.0 on layers with altered scales: no difference in 66 million outputs inside the int8
// range, where float32 products differ in 1 to 2 of a million and a float32 product of the scales in 1 of 5 million, and rounding halves
// up or to even fails on ties.
enum class RescaleMode : uint8_t {
  kNone = 0,     // float32
  kF64Away = 1,  // TFLite's reference kernels, see above
};

struct FullyConnectedParams {
  int32_t channels_out = 0;  // N
  ClampRange clamp;          // float32 only
  Packing packing = Packing::kNone;
  RescaleMode rescale = RescaleMode::kNone;
  uint8_t reserved[2] = {};
  int32_t x_zero_point = 0, w_zero_point = 0, y_zero_point = 0;
  int32_t q_lo = -128, q_hi = 127;
  float x_scale = 1, w_scale = 1, y_scale = 1;
};

}  // namespace adze
