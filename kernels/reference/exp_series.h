// SPDX-License-Identifier: Apache-2.0
// exp in float64 by its series, for the reference kernels: nothing in common with the float32 polynomial that it checks.
#pragma once

namespace adze {
namespace {

// Halves x until the series converges at once, then squares as often. Relative error below 1e-12 for |x| <= 200.
inline double ExpSeries(double x) {
  if (x != x) return x;
  if (x < -200) return 0;
  if (x > 200) return __builtin_inf();
  int halvings = 0;
  for (; x > 0.5 || x < -0.5; x *= 0.5) ++halvings;
  double term = 1;
  double sum = 1;
  for (int i = 1; i <= 16; ++i) sum += term *= x / i;
  for (; halvings > 0; --halvings) sum *= sum;
  return sum;
}

}  // namespace
}  // namespace adze
