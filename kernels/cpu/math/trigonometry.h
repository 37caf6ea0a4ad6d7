// SPDX-License-Identifier: Apache-2.0
// sin, cos, tan and their inverses of one float. Angles of any size are reduced exactly: no float is too large.
#pragma once

#include "kernels/cpu/math/double_math.h"

namespace adze {
namespace {

// x = (4 k + quadrant) pi / 2 + rest, |rest| <= pi / 4.
struct Angle {
  uint32_t quadrant;
  double rest;
};

// |x| >= 2^20 is an integer m times 2^e. Of 2 / pi, in binary, only the digits matter whose product with it is neither a multiple of 4 nor below
// 2^-70: 96 of them.
inline Angle ReduceLarge(uint32_t bits) {
  static constexpr uint32_t kTwoOverPi[] = {0,           0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u,
                                            0xdb629599u, 0x3c439041u, 0xfe5163abu, 0xdebbc561u};
  const uint64_t m = (bits & 0x7fffffu) | 0x800000u;
  const uint32_t first = (bits >> 23 & 255u) - 150 + 30;  // e - 2, and 32 for the leading word
  const uint32_t* digits = kTwoOverPi + first / 32;
  uint64_t window[3];
  for (int i = 0; i < 3; ++i) window[i] = (uint64_t{digits[i]} << 32 | digits[i + 1]) << (first % 32) >> 32;
  // The product modulo 4, as a fraction of 2^62.
  const uint64_t turned = ((m * window[0]) << 32) + m * window[1] + (m * window[2] >> 32);
  const uint64_t quadrant = (turned + (uint64_t{1} << 61)) >> 62;
  const auto fraction = static_cast<int64_t>(turned - (quadrant << 62));
  return {static_cast<uint32_t>(quadrant), static_cast<double>(fraction) * (1.5707963267948966 * 2.168404344971009e-19)};  // 2^-62
}

inline Angle Reduce(float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, sizeof(bits));
  const bool negative = bits >> 31 != 0;
  bits &= 0x7fffffffu;
  if (bits >= 0x7f800000u) return {0, __builtin_nan("")};
  if (bits >= 0x49800000u) {
    const Angle a = ReduceLarge(bits);
    return negative ? Angle{0u - a.quadrant, -a.rest} : a;
  }
  const double to_integer = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to an integer
  const double d = static_cast<double>(x);
  const double n = (d * 0.6366197723675814 + to_integer) - to_integer;
  // pi / 2 in three parts; the first two have 33 bits, so that n times them is exact.
  const double rest = ((d - n * 1.5707963267341256) - n * 6.077100506303966e-11) - n * 2.0222662487959506e-21;
  return {static_cast<uint32_t>(static_cast<int64_t>(n)), rest};
}

// Taylor polynomials on |r| <= pi / 4: remainders below 1e-17.
inline double SinOfRest(double r) {
  const double t = r * r;
  double p = 1;
  for (int k = 16; k > 0; k -= 2) p = 1 - p * t / (k * (k + 1));
  return r * p;
}
inline double CosOfRest(double r) {
  const double t = r * r;
  double p = 1;
  for (int k = 17; k > 0; k -= 2) p = 1 - p * t / (k * (k + 1));
  return p;
}
inline float SinOfAngle(const Angle& a, uint32_t quadrant) {
  const double y = (quadrant & 1) != 0 ? CosOfRest(a.rest) : SinOfRest(a.rest);
  return static_cast<float>((quadrant & 2) != 0 ? -y : y);
}

struct SinOf {
  static float Of(float x) {
    const Angle a = Reduce(x);
    return x == 0 ? x : SinOfAngle(a, a.quadrant);
  }
};
struct CosOf {
  static float Of(float x) {
    const Angle a = Reduce(x);
    return SinOfAngle(a, a.quadrant + 1);
  }
};
struct TanOf {
  static float Of(float x) {
    const Angle a = Reduce(x);
    const double s = SinOfRest(a.rest);
    const double c = CosOfRest(a.rest);
    return x == 0 ? x : static_cast<float>((a.quadrant & 1) != 0 ? -c / s : s / c);
  }
};

// atan of a >= 0: beyond 1 by the inverse, beyond tan(pi / 12) by the difference to pi / 6, then the series up to t^27 / 27, t <= 0.268.
inline double AtanOfMagnitude(double a) {
  const double pi = 3.141592653589793;
  const bool inverse = a > 1;
  if (inverse) a = 1 / a;
  const bool shifted = a > 0.2679491924311227;
  if (shifted) a = (a * 1.7320508075688772 - 1) / (a + 1.7320508075688772);
  const double t = a * a;
  double p = 0;
  for (int k = 27; k > 0; k -= 2) p = 1.0 / k - p * t;
  const double y = a * p + (shifted ? pi / 6 : 0);
  return inverse ? pi / 2 - y : y;
}

inline double AsinOfMagnitude(double a) { return AtanOfMagnitude(a / SqrtDouble((1 - a) * (1 + a))); }

struct AtanOf {
  static float Of(float x) {
    if (x != x) return x;
    return __builtin_copysignf(static_cast<float>(AtanOfMagnitude(static_cast<double>(__builtin_fabsf(x)))), x);
  }
};
// NaN beyond +-1.
struct AsinOf {
  static float Of(float x) {
    const float a = __builtin_fabsf(x);
    if (!(a <= 1)) return __builtin_nanf("");
    return __builtin_copysignf(static_cast<float>(AsinOfMagnitude(static_cast<double>(a))), x);
  }
};
struct AcosOf {
  static float Of(float x) {
    const float a = __builtin_fabsf(x);
    if (!(a <= 1)) return __builtin_nanf("");
    const double y = AsinOfMagnitude(static_cast<double>(a));
    return static_cast<float>(1.5707963267948966 - (x < 0 ? -y : y));
  }
};

}  // namespace
}  // namespace adze
