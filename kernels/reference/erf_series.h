// SPDX-License-Identifier: Apache-2.0
// erf and square root in float64, for the reference kernels: nothing in common with the float32 functions that they check.
#pragma once

#include <cstdint>
#include <cstring>

#include "kernels/reference/exp_series.h"

namespace adze {
namespace {

// 2 / sqrt(pi) e^(-x^2) sum of 2^n x^(2n + 1) / (1 3 5 .. (2n + 1)), all terms of one sign. Beyond 6 the result is 1 to 1e-16.
inline double ErfSeries(double x) {
  if (x != x) return x;
  if (x > 6) return 1;
  if (x < -6) return -1;
  double term = x;
  double sum = x;
  for (int n = 1; n <= 200; ++n) sum += term *= 2 * x * x / (2 * n + 1);
  return 1.1283791670955126 * ExpSeries(-x * x) * sum;
}

// By Newton's steps from half the exponent. NaN below 0.
inline double SqrtNewton(double x) {
  if (x != x || x == 0 || x == __builtin_inf()) return x;
  if (x < 0) return __builtin_nan("");
  uint64_t bits;
  std::memcpy(&bits, &x, sizeof(bits));
  bits = (bits >> 1) + (uint64_t{1023} << 51);
  double root;
  std::memcpy(&root, &bits, sizeof(root));
  for (int i = 0; i < 6; ++i) root = 0.5 * (root + x / root);
  return root;
}

}  // namespace
}  // namespace adze
