// SPDX-License-Identifier: Apache-2.0
// exp, log, softplus, elu and the hyperbolic functions of one float.
#pragma once

#include "kernels/cpu/math/double_math.h"

namespace adze {
namespace {

inline double Magnitude(double x) { return x < 0 ? -x : x; }
// `y` with the sign of x, which may be -0.
inline float Signed(double y, float x) { return __builtin_copysignf(static_cast<float>(y), x); }

struct ExpOf {
  static float Of(float x) { return static_cast<float>(ExpDouble(static_cast<double>(x))); }
};
struct LogOf {
  static float Of(float x) { return static_cast<float>(LogDouble(static_cast<double>(x))); }
};
// ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|)
struct SoftplusOf {
  static float Of(float x) {
    const double d = static_cast<double>(x);
    return static_cast<float>((d < 0 ? 0 : d) + LogOnePlus(ExpDouble(-Magnitude(d))));
  }
};
// (e - 1 / e) / 2 by way of e - 1, which keeps small x.
struct SinhOf {
  static float Of(float x) {
    const double t = ExpMinusOne(Magnitude(static_cast<double>(x)));
    return Signed((t + t / (t + 1)) / 2, x);
  }
};
struct CoshOf {
  static float Of(float x) {
    const double e = ExpDouble(Magnitude(static_cast<double>(x)));
    return static_cast<float>((e + 1 / e) / 2);
  }
};
// ln(a + sqrt(a^2 + 1)); from 1e9 on the root is a itself.
struct AsinhOf {
  static float Of(float x) {
    const double a = Magnitude(static_cast<double>(x));
    return Signed(a > 1e9 ? LogDouble(a) + 0.6931471805599453 : LogOnePlus(a + a * a / (1 + SqrtDouble(a * a + 1))), x);
  }
};
// ln(x + sqrt(x^2 - 1)); NaN below 1.
struct AcoshOf {
  static float Of(float x) {
    const double d = static_cast<double>(x);
    if (!(d >= 1)) return __builtin_nanf("");
    const double t = d - 1;
    return static_cast<float>(d > 1e9 ? LogDouble(d) + 0.6931471805599453 : LogOnePlus(t + SqrtDouble(t * (t + 2))));
  }
};
// ln((1 + x) / (1 - x)) / 2; NaN beyond +-1.
struct AtanhOf {
  static float Of(float x) {
    const double a = Magnitude(static_cast<double>(x));
    if (!(a <= 1)) return __builtin_nanf("");
    return Signed(LogOnePlus(2 * a / (1 - a)) / 2, x);
  }
};

}  // namespace
}  // namespace adze
