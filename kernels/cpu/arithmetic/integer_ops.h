// SPDX-License-Identifier: Apache-2.0
// Arithmetic of integers that every CPU does alike: sums and products wrap, quotients are cut towards 0, and where C++ leaves the result open it is
// defined: x / 0 and x mod 0 are 0, the smallest integer / -1 is itself.
#pragma once

#include <type_traits>

namespace adze {
namespace {

template <typename T>
using Bits = std::make_unsigned_t<T>;

struct AddInts {
  template <typename T>
  static T Of(T a, T b) {
    return static_cast<T>(static_cast<Bits<T>>(a) + static_cast<Bits<T>>(b));
  }
};
struct SubInts {
  template <typename T>
  static T Of(T a, T b) {
    return static_cast<T>(static_cast<Bits<T>>(a) - static_cast<Bits<T>>(b));
  }
};
struct MulInts {
  template <typename T>
  static T Of(T a, T b) {
    return static_cast<T>(static_cast<Bits<T>>(a) * static_cast<Bits<T>>(b));
  }
};
struct DivInts {
  template <typename T>
  static T Of(T a, T b) {
    return b == 0 ? T{0} : b == -1 ? SubInts::Of(T{0}, a) : a / b;
  }
};
// The rest that belongs to DivInts: it has the sign of a.
struct FmodInts {
  template <typename T>
  static T Of(T a, T b) {
    return b == 0 || b == -1 ? T{0} : a % b;
  }
};
// The rest with the sign of b, and the quotient that belongs to it, rounded down.
struct ModInts {
  template <typename T>
  static T Of(T a, T b) {
    const T rest = FmodInts::Of(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
  }
};
struct FloorDivInts {
  template <typename T>
  static T Of(T a, T b) {
    const T quotient = DivInts::Of(a, b);
    const T rest = FmodInts::Of(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? quotient - 1 : quotient;
  }
};
// By squaring. A negative exponent gives the inverse cut towards 0: 0 unless a is 1 or -1.
struct PowInts {
  template <typename T>
  static T Of(T a, T b) {
    if (b < 0) return a == 1 ? T{1} : a == -1 ? (b % 2 != 0 ? T(-1) : T{1}) : T{0};
    T power = 1;
    for (; b > 0; b /= 2, a = MulInts::Of(a, a)) {
      if (b % 2 != 0) power = MulInts::Of(power, a);
    }
    return power;
  }
};
struct MaxInts {
  template <typename T>
  static T Of(T a, T b) {
    return a > b ? a : b;
  }
};
struct MinInts {
  template <typename T>
  static T Of(T a, T b) {
    return a < b ? a : b;
  }
};

}  // namespace
}  // namespace adze
