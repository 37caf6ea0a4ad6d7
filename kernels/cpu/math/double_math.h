// SPDX-License-Identifier: Apache-2.0
// exp, log, square root and what comes of them, in float64 by polynomials of our own: rounded to float32 at the end, a result is the nearest float
// but for near ties (below 0.51 units in the last place), with the same bits on every architecture, and without libm.
#pragma once

#if defined(__SSE2__)
#include <emmintrin.h>
#else
#include <arm_neon.h>
#endif

#include <cstdint>
#include <cstring>

namespace adze {
namespace {

inline double SqrtDouble(double x) {
#if defined(__SSE2__)
  return _mm_cvtsd_f64(_mm_sqrt_sd(_mm_set_sd(x), _mm_set_sd(x)));
#else
  return vget_lane_f64(vsqrt_f64(vdup_n_f64(x)), 0);
#endif
}

// 2^n for n in -1022 .. 1023.
inline double Power2(int64_t n) {
  const uint64_t bits = static_cast<uint64_t>(n + 1023) << 52;
  double p;
  std::memcpy(&p, &bits, sizeof(p));
  return p;
}

// x = n ln 2 + r, |r| <= ln 2 / 2: e^x = 2^n e^r by the Taylor polynomial of degree 13, whose remainder is below 1e-17. Past +-700 the result is
// that of +-700: 0 or infinity as a float.
inline double ExpDouble(double x) {
  if (x != x) return x;
  x = x < -700 ? -700 : x > 700 ? 700 : x;
  const double to_integer = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to an integer
  const double n = (x * 1.4426950408889634 + to_integer) - to_integer;
  // ln 2 in two parts; the first has 32 bits, so that n times it is exact.
  const double r = (x - n * 0.6931471803691238) - n * 1.9082149292705877e-10;
  double p = 1;
  for (int k = 13; k > 0; --k) p = 1 + p * r / k;
  return p * Power2(static_cast<int64_t>(n));
}

// The logarithm of a normal number: x = 2^e m with m in [0.7, 1.42), ln m = 2 atanh((m - 1) / (m + 1)) by its series up to s^21 / 21, s <= 0.172.
inline double LogDouble(double x) {
  if (x != x || x < 0) return __builtin_nan("");
  if (x == 0) return -__builtin_inf();
  if (x == __builtin_inf()) return x;
  uint64_t bits;
  std::memcpy(&bits, &x, sizeof(bits));
  int64_t e = static_cast<int64_t>(bits >> 52) - 1023;
  bits = (bits & 0xfffffffffffffu) | uint64_t{1023} << 52;
  double m;
  std::memcpy(&m, &bits, sizeof(m));
  if (m > 1.4142135623730951) {
    m *= 0.5;
    ++e;
  }
  const double s = (m - 1) / (m + 1);
  const double t = s * s;
  double p = 0;
  for (int k = 21; k > 0; k -= 2) p = p * t + 1.0 / k;
  const auto n = static_cast<double>(e);
  return n * 0.6931471803691238 + (n * 1.9082149292705877e-10 + 2 * s * p);
}

// ln(1 + t) for t > -1: what the sum loses, the quotient gives back.
inline double LogOnePlus(double t) {
  const double u = 1 + t;
  return u == 1 || u == __builtin_inf() ? t : LogDouble(u) * (t / (u - 1));
}

// e^x - 1, exact where it is small by the same means.
inline double ExpMinusOne(double x) {
  const double u = ExpDouble(x);
  if (u == 1 || u != u) return x;
  const double difference = u - 1;
  return difference == -1 || u > 1e16 ? difference : difference * (x / LogDouble(u));
}

}  // namespace
}  // namespace adze
