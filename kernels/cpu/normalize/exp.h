// SPDX-License-Identifier: Apache-2.0
// exp in float32 without libm, shared by softmax and sigmoid.
#pragma once

#include <cstdint>
#include <cstring>

namespace adze {
namespace {

// exp(x) within 1 unit in the last place of the exact value (one smallest subnormal, where the result is subnormal); 0 up to -104, +inf
// where float32 overflows, NaN for NaN. Needs the default rounding mode.
//
// x = n ln 2 + r, |r| <= ln 2 / 2; exp(r) by its Taylor polynomial of degree 7, whose remainder r^8 / 8! is below 5.2e-9, 0.05 units;
// times 2^n in two steps, so that subnormal results round once.
inline float Exp(float x) {
  if (!(x > -104.0f)) return x != x ? x : 0.0f;
  if (x > 88.8f) return __builtin_inff();
  constexpr float kToInteger = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer, ties to even
  const float n = (x * 1.44269504f + kToInteger) - kToInteger;
  // ln 2 in two parts; the first has 9 bits, so that n * high is exact.
  const float r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
  float p = 1.0f / 5040.0f;
  p = p * r + 1.0f / 720.0f;
  p = p * r + 1.0f / 120.0f;
  p = p * r + 1.0f / 24.0f;
  p = p * r + 1.0f / 6.0f;
  p = p * r + 0.5f;
  p = p * r * r + r + 1.0f;
  const int32_t exponent = static_cast<int32_t>(n);  // -150 .. 128
  const int32_t half = exponent / 2;
  const uint32_t bits[2] = {static_cast<uint32_t>(half + 127) << 23, static_cast<uint32_t>(exponent - half + 127) << 23};
  float scale[2];
  std::memcpy(scale, bits, sizeof(scale));
  return p * scale[0] * scale[1];
}

}  // namespace
}  // namespace adze
