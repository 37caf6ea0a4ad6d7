// SPDX-License-Identifier: Apache-2.0
// What is left of a division cut towards 0, with the sign of what is divided.
#pragma once

#include <cstdint>

namespace adze {
namespace {

// By long division in steps of one digit.
inline float Rest(float a, float b) {
  if (b == 0 || !(a - a == 0) || b != b) return __builtin_nanf("");
  if (b - b != 0) return a;
  double rest = a < 0 ? -static_cast<double>(a) : static_cast<double>(a);
  double step = b < 0 ? -static_cast<double>(b) : static_cast<double>(b);
  int digits = 1;
  for (; step <= rest / 2; ++digits) step *= 2;
  for (; digits > 0; --digits, step /= 2) {
    if (rest >= step) rest -= step;
  }
  return __builtin_copysignf(static_cast<float>(rest), a);
}
inline int32_t Rest(int32_t a, int32_t b) { return b == 0 || b == -1 ? 0 : a % b; }
inline int64_t Rest(int64_t a, int64_t b) { return b == 0 || b == -1 ? 0 : a % b; }

}  // namespace
}  // namespace adze
