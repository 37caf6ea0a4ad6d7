// SPDX-License-Identifier: Apache-2.0
// lstm: one layer in one direction over a sequence of known length.
//
//   g = w x_t + r h_(t-1) + bias, four gates of H rows each: i, o, f, c
//   c_t = sigmoid(g_f) * c_(t-1) + sigmoid(g_i) * tanh(g_c)        h_t = sigmoid(g_o) * tanh(c_t)        y_t = h_t
//
// in:  x [T, B, I], w and r as `packing` says (kNone: [4 H, I] and [4 H, H]), bias [4 H, or padded to 16 where packed], then h_0 [B, H] and
//      c_0 [B, H] or neither (zeros). I, H >= 1
// out: y [T, B, H]; with `reverse` the sequence runs from its end and y_t still belongs to x_t
// key: types {x}; kGroups (T) kM (B) kN (4 H) kK (I + H: both products of a step) kPacking kMode (1 if h_0 and c_0 are given), and the common ones
#pragma once

#include <cstdint>

#include "op-registry/core/packing.h"

namespace adze {

struct LstmParams {
  int32_t hidden = 0;  // H
  Packing packing = Packing::kNone;
  uint8_t reverse = 0;
  uint8_t reserved[2] = {};
};

}  // namespace adze
