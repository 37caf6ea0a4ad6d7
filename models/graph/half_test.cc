// SPDX-License-Identifier: Apache-2.0
// Half conversions, all 65536 values and the borders between them.
#include "models/graph/half.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace adze::graph {
namespace {

uint32_t Bits(float f) {
  uint32_t b = 0;
  std::memcpy(&b, &f, 4);
  return b;
}

bool IsNanHalf(uint32_t h) { return (h & 0x7fff) > 0x7c00; }

// The value by its definition.
double ValueOf(uint32_t h) {
  const double sign = (h & 0x8000) != 0 ? -1 : 1;
  const int exponent = static_cast<int>(h >> 10 & 31);
  const int mantissa = static_cast<int>(h & 1023);
  if (exponent == 31) return sign * INFINITY;
  return sign * (exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25));
}

TEST(Half, EveryValueThereAndBack) {
  for (uint32_t h = 0; h < 65536; ++h) {
    const float f = FloatFromHalf(static_cast<uint16_t>(h));
    const uint16_t back = HalfFromFloat(f);
    if (IsNanHalf(h)) {
      ASSERT_TRUE(std::isnan(f)) << h;
      ASSERT_EQ(back, h | 0x200) << h;  // quiet, sign and payload kept
    } else {
      ASSERT_EQ(static_cast<double>(f), ValueOf(h)) << h;
      ASSERT_EQ(std::signbit(f), (h & 0x8000) != 0) << h;
      ASSERT_EQ(back, h) << h;
    }
  }
}

// Between each pair of neighbours: the midpoint goes to the even one, its neighbours in float to the nearer.
TEST(Half, RoundsToNearestEven) {
  for (uint32_t h = 0; h < 0x7c00; ++h) {
    const double above = h == 0x7bff ? 65536.0 : ValueOf(h + 1);
    const auto middle = static_cast<float>((ValueOf(h) + above) / 2);
    ASSERT_EQ(static_cast<double>(middle), (ValueOf(h) + above) / 2);
    const uint32_t even = (h & 1) == 0 ? h : h + 1;
    ASSERT_EQ(HalfFromFloat(middle), even) << h;
    ASSERT_EQ(HalfFromFloat(-middle), 0x8000 | even) << h;
    ASSERT_EQ(HalfFromFloat(std::nextafter(middle, 0.0F)), h) << h;
    ASSERT_EQ(HalfFromFloat(std::nextafter(middle, INFINITY)), h + 1) << h;
  }
}

TEST(Half, FarValues) {
  EXPECT_EQ(HalfFromFloat(INFINITY), 0x7c00);
  EXPECT_EQ(HalfFromFloat(-INFINITY), 0xfc00);
  EXPECT_EQ(HalfFromFloat(3e38F), 0x7c00);
  EXPECT_EQ(HalfFromFloat(-1e-44F), 0x8000);
  EXPECT_EQ(HalfFromFloat(0.0F), 0);
  EXPECT_EQ(HalfFromFloat(-0.0F), 0x8000);
  EXPECT_TRUE(IsNanHalf(HalfFromFloat(NAN)));
  EXPECT_EQ(Bits(FloatFromHalf(0x7c00)), 0x7f800000U);
}

}  // namespace
}  // namespace adze::graph
