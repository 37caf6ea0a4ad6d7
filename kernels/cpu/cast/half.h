// SPDX-License-Identifier: Apache-2.0
// float16 to float32 and back in integer arithmetic, for a CPU of which nothing is known: the same bits as the instructions of F16C and
// of AArch64, NaNs included (made quiet, the payload's top bits kept).
#pragma once

#include <cstdint>
#include <cstring>

namespace adze {
namespace {

inline float FromHalf(uint16_t h) {
  const uint32_t sign = static_cast<uint32_t>(h & 0x8000) << 16;
  const uint32_t exponent = h >> 10 & 31;
  const uint32_t mantissa = h & 1023;
  uint32_t bits;
  if (exponent == 0) {
    const float subnormal = static_cast<float>(mantissa) * 5.9604644775390625e-8f;  // 2^-24, exact
    std::memcpy(&bits, &subnormal, sizeof(bits));
  } else if (exponent == 31) {
    bits = 0x7f800000u | mantissa << 13 | (mantissa != 0 ? 0x400000u : 0u);
  } else {
    bits = (exponent + 112) << 23 | mantissa << 13;
  }
  bits |= sign;
  float f;
  std::memcpy(&f, &bits, sizeof(f));
  return f;
}

// Rounds to nearest, ties to even; 65520 and more gives infinity.
inline uint16_t ToHalf(float f) {
  uint32_t bits;
  std::memcpy(&bits, &f, sizeof(bits));
  const uint32_t sign = bits >> 16 & 0x8000u;
  bits &= 0x7fffffffu;
  uint32_t h;
  if (bits > 0x7f800000u) {
    h = 0x7e00u | (bits >> 13 & 1023u);
  } else if (bits >= 0x477ff000u) {
    h = 0x7c00u;
  } else if (bits < 0x38800000u) {
    // Under 2^-14: the unit of 0.5 is 2^-24, that of a subnormal float16, so the addition rounds.
    float magnitude;
    std::memcpy(&magnitude, &bits, sizeof(magnitude));
    magnitude += 0.5f;
    std::memcpy(&bits, &magnitude, sizeof(bits));
    h = bits - 0x3f000000u;
  } else {
    bits += 0xfffu + (bits >> 13 & 1u);
    h = (bits - 0x38000000u) >> 13;
  }
  return static_cast<uint16_t>(h | sign);
}

}  // namespace
}  // namespace adze
