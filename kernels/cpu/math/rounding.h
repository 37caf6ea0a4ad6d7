// SPDX-License-Identifier: Apache-2.0
// abs, neg, sign of floats and integers; floor, ceil and round of floats, exact, zeros with the sign of their input.
#pragma once

#include <type_traits>

namespace adze {
namespace {

// Integers wrap: the negative of the smallest integer is itself.
template <typename T>
T Negated(T x) {
  if constexpr (std::is_integral<T>::value) {
    return static_cast<T>(std::make_unsigned_t<T>{0} - static_cast<std::make_unsigned_t<T>>(x));
  } else {
    return -x;
  }
}

struct NegOf {
  template <typename T>
  static T Of(T x) {
    return Negated(x);
  }
};
struct AbsOf {
  template <typename T>
  static T Of(T x) {
    return x < 0 ? Negated(x) : x;
  }
  static float Of(float x) { return __builtin_fabsf(x); }
};
// -1, 0 or 1; a NaN stays.
struct SignOf {
  template <typename T>
  static T Of(T x) {
    return x > 0 ? T{1} : x < 0 ? T(-1) : x;
  }
};

// To the nearest integer, ties to even. From 2^23 on every float is one; below it the sum rounds.
inline float Nearest(float x) {
  const float magnitude = __builtin_fabsf(x);
  if (!(magnitude < 8388608.0f)) return x;
  return __builtin_copysignf((magnitude + 8388608.0f) - 8388608.0f, x);
}

struct RoundOf {
  static float Of(float x) { return Nearest(x); }
};
struct FloorOf {
  static float Of(float x) {
    const float n = Nearest(x);
    return n > x ? n - 1 : n;
  }
};
struct CeilOf {
  static float Of(float x) {
    const float n = Nearest(x);
    return n < x ? __builtin_copysignf(n + 1, x) : n;
  }
};

}  // namespace
}  // namespace adze
