// SPDX-License-Identifier: Apache-2.0
// Logarithm and trigonometry in float64 by their series, for the reference kernels. What they have in common with the kernels is the reduction of
// angles, which math/accuracy_test.cc holds against another library.
#pragma once

#include "kernels/cpu/math/trigonometry.h"
#include "kernels/reference/erf_series.h"
#include "kernels/reference/exp_series.h"

namespace adze {
namespace {

// By Newton's steps on exp, from the exponent.
inline double LogSeries(double x) {
  if (x != x || x < 0) return __builtin_nan("");
  if (x == 0) return -__builtin_inf();
  if (x == __builtin_inf()) return x;
  double exponent = 0;
  double mantissa = x;
  while (mantissa >= 2) mantissa /= 2, ++exponent;
  while (mantissa < 1) mantissa *= 2, --exponent;
  double y = mantissa - 1;
  for (int i = 0; i < 8; ++i) {
    const double e = ExpSeries(y);
    y += 2 * (mantissa - e) / (mantissa + e);
  }
  return exponent * 0.6931471805599453 + y;
}

// Of an angle reduced to |r| <= pi / 4, `quarters` quarter turns on.
inline double SinTurned(double x, uint32_t quarters) {
  const Angle a = Reduce(static_cast<float>(x));
  const uint32_t quadrant = a.quadrant + quarters;
  double term = (quadrant & 1) != 0 ? 1 : a.rest;
  double sum = 0;
  for (int n = (quadrant & 1) != 0 ? 1 : 2; n <= 40; n += 2) {
    sum += term;
    term *= -a.rest * a.rest / (n * (n + 1));
  }
  return (quadrant & 2) != 0 ? -sum : sum;
}
inline double SinSeries(double x) { return SinTurned(x, 0); }
inline double CosSeries(double x) { return SinTurned(x, 1); }

// By halving the angle four times.
inline double AtanSeries(double x) {
  if (x == __builtin_inf()) return 1.5707963267948966;
  if (x == -__builtin_inf()) return -1.5707963267948966;
  for (int i = 0; i < 4; ++i) x = x / (1 + SqrtNewton(1 + x * x));
  double term = x;
  double sum = 0;
  for (int n = 1; n <= 41; n += 2) {
    sum += term / n;
    term *= -x * x;
  }
  return 16 * sum;
}

}  // namespace
}  // namespace adze
