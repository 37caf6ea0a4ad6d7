// SPDX-License-Identifier: Apache-2.0
// float16 to and from float32 in integer arithmetic, for a tool that must build for any target.
#pragma once

#include <cstdint>
#include <cstring>

namespace adze::tools {

inline float FloatOfBits(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

inline uint32_t BitsOf(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

inline float FloatOfHalf(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16;
  const uint32_t exponent = half >> 10 & 31, mantissa = half & 1023;
  // Subnormals are multiples of 2^-24, which float32 holds exactly.
  float value = static_cast<float>(mantissa) * (1.0f / 16777216.0f);
  if (exponent != 0) {
    const uint32_t bits = (exponent == 31 ? 255u : exponent + 112) << 23 | mantissa << 13;
    std::memcpy(&value, &bits, 4);
  }
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  bits |= sign;
  std::memcpy(&value, &bits, 4);
  return value;
}

// Rounds to nearest, ties to even.
inline uint16_t HalfOfFloat(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  const auto sign = static_cast<uint16_t>(bits >> 16 & 0x8000);
  bits &= 0x7fffffff;
  if (bits > 0x7f800000) return sign | 0x7e00;
  if (bits >= 0x477ff000) return sign | 0x7c00;  // from 65520 on: infinity
  if (bits < 0x33000001) return sign;            // up to 2^-25: zero
  const uint32_t exponent = bits >> 23;
  // Bits to drop: 13 for normal results, more for subnormal ones.
  const uint32_t drop = exponent >= 113 ? 13 : 126 - exponent;
  const uint32_t mantissa = exponent >= 113 ? bits - (112u << 23) : (bits & 0x7fffff) | 0x800000;
  const uint32_t kept = mantissa >> drop, rest = mantissa & ((1u << drop) - 1), tie = 1u << (drop - 1);
  return static_cast<uint16_t>(sign | (kept + (rest > tie || (rest == tie && (kept & 1) != 0) ? 1 : 0)));
}

}  // namespace adze::tools
