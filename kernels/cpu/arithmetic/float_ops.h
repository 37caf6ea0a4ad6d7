// SPDX-License-Identifier: Apache-2.0
// Operations of two floats that no instruction does: remainders (exact), powers (nearest float but for near ties), PReLU.
#pragma once

#include "kernels/cpu/math/double_math.h"

namespace adze {
namespace {

// The rest of a cut division, with the sign of a. NaN for b = 0 or an infinite a. Both are integers times powers of two, whose long division takes
// 32 digits a step.
struct FmodFloats {
  static float Of(float a, float b) {
    uint32_t x;
    uint32_t y;
    std::memcpy(&x, &a, sizeof(x));
    std::memcpy(&y, &b, sizeof(y));
    x &= 0x7fffffffu;
    y &= 0x7fffffffu;
    if (y == 0 || x >= 0x7f800000u || y > 0x7f800000u) return __builtin_nanf("");
    if (x < y) return a;
    const uint32_t exponent_x = x >> 23 > 1 ? x >> 23 : 1;
    const uint32_t exponent_y = y >> 23 > 1 ? y >> 23 : 1;
    uint64_t rest = (x & 0x7fffffu) | (x >> 23 != 0 ? 0x800000u : 0u);
    const uint64_t divisor = (y & 0x7fffffu) | (y >> 23 != 0 ? 0x800000u : 0u);
    for (uint32_t left = exponent_x - exponent_y; left > 0;) {
      const uint32_t step = left < 32 ? left : 32;
      rest = (rest << step) % divisor;
      left -= step;
    }
    rest %= divisor;
    const double magnitude = static_cast<double>(rest) * Power2(static_cast<int64_t>(exponent_y) - 150);
    return __builtin_copysignf(static_cast<float>(magnitude), a);
  }
};
// The rest with the sign of b.
struct ModFloats {
  static float Of(float a, float b) {
    const float rest = FmodFloats::Of(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
  }
};

// As IEEE 754's pow: x^0 and 1^y are 1 even of NaN; a negative x has powers of whole exponents only.
struct PowFloats {
  static float Of(float x, float y) {
    if (y == 0 || x == 1) return 1;
    if (x != x || y != y) return __builtin_nanf("");
    const double exponent = static_cast<double>(y);
    const float size = __builtin_fabsf(y);
    // From 2^24 on all floats are even.
    const bool whole = size >= 16777216.0f || static_cast<float>(static_cast<int32_t>(size)) == size;
    const bool odd = whole && size < 16777216.0f && static_cast<int32_t>(size) % 2 != 0;
    const double base = static_cast<double>(__builtin_fabsf(x));
    if (x < 0 && !whole && base != __builtin_inf() && size != __builtin_inff()) return __builtin_nanf("");
    // (+-1)^(+-inf) is 1; elsewhere an infinite product is one of the ends.
    const double power = base == 1 ? 1 : ExpDouble(exponent * LogDouble(base));
    return static_cast<float>(__builtin_signbit(x) && odd ? -power : power);
  }
};

// x at least 0, and NaN, as it is; b times a negative x.
struct PreluFloats {
  static float Of(float x, float slope) { return x < 0 ? x * slope : x; }
};

}  // namespace
}  // namespace adze
