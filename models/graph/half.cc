// SPDX-License-Identifier: Apache-2.0
// Conversions between float and binary16 by integer arithmetic.
#include "models/graph/half.h"

#include <cstring>

namespace adze::graph {

uint16_t HalfFromFloat(float value) {
  uint32_t bits = 0;
  std::memcpy(&bits, &value, 4);
  const uint32_t sign = bits >> 16 & 0x8000;
  const uint32_t magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return static_cast<uint16_t>(sign | 0x7e00 | (magnitude >> 13 & 0x3ff));
  if (magnitude >= 0x477ff000) return static_cast<uint16_t>(sign | 0x7c00);  // 65520: half way between the largest and 65536
  if (magnitude <= 0x33000000) return static_cast<uint16_t>(sign);           // 2^-25: half way to the smallest, ties to even
  const int exponent = static_cast<int>(magnitude >> 23) - 127;
  uint32_t result = 0;
  uint32_t rest = 0;  // what is cut off, as a fraction of 2^32
  if (exponent < -14) {
    const uint32_t mantissa = (magnitude & 0x7fffff) | 0x800000;
    const int shift = -1 - exponent;  // 14 .. 24
    result = mantissa >> shift;
    rest = mantissa << (32 - shift);
  } else {
    result = (magnitude - (112U << 23)) >> 13;
    rest = magnitude << 19;
  }
  if (rest > 0x80000000 || (rest == 0x80000000 && (result & 1) != 0)) ++result;  // a carry into the exponent is right
  return static_cast<uint16_t>(sign | result);
}

float FloatFromHalf(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16;
  const uint32_t exponent = half >> 10 & 0x1f;
  const uint32_t mantissa = half & 0x3ff;
  uint32_t bits = 0;
  if (exponent == 0) {
    // Subnormal: mantissa * 2^-24, exact in float.
    const float magnitude = static_cast<float>(mantissa) * 0x1p-24F;
    std::memcpy(&bits, &magnitude, 4);
  } else if (exponent == 0x1f) {
    bits = 0x7f800000 | mantissa << 13 | (mantissa != 0 ? 0x400000 : 0);
  } else {
    bits = (exponent + 112) << 23 | mantissa << 13;
  }
  bits |= sign;
  float value = 0;
  std::memcpy(&value, &bits, 4);
  return value;
}

}  // namespace adze::graph
