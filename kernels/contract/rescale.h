// SPDX-License-Identifier: Apache-2.0
// How an int32 accumulator becomes an int8 output, mode by mode: part of an op's meaning, so the reference and the fast kernels share it.
#pragma once

#include <cstdint>

#include "op-registry/ops/fully_connected.h"

namespace adze {

// The multiplier of RescaleMode::kF64Away.
inline __attribute__((always_inline)) double MultiplierF64(const FullyConnectedParams& p) {
  return static_cast<double>(p.x_scale) * static_cast<double>(p.w_scale) / static_cast<double>(p.y_scale);
}

// RescaleMode::kF64Away (its comment has the formula). Far outside int8 the product is cut at +-1024 before it becomes an integer: zero
// points are below 129, so the bounds q_lo and q_hi decide there anyway. The fraction p - whole is exact, so halves are found exactly.
inline __attribute__((always_inline)) int8_t RescaleF64Away(int32_t acc, double multiplier, const FullyConnectedParams& params) {
  double p = static_cast<double>(acc) * multiplier;
  p = p < -1024.0 ? -1024.0 : p > 1024.0 ? 1024.0 : p;
  int32_t whole = static_cast<int32_t>(p);
  const double fraction = p - whole;
  if (fraction >= 0.5) ++whole;
  if (fraction <= -0.5) --whole;
  const int32_t y = whole + params.y_zero_point;
  return static_cast<int8_t>(y < params.q_lo ? params.q_lo : y > params.q_hi ? params.q_hi : y);
}

}  // namespace adze
