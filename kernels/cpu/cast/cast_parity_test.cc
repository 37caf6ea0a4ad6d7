// SPDX-License-Identifier: Apache-2.0
// Casts between float16 and float32: exhaustive over float16, a sweep of float32 around every rounding boundary, layouts.
#include "kernels/testing/streaming_case.h"

namespace adze::parity {
namespace {

NodeCase Cast(DType from, DType to, const std::vector<int32_t>& dims) { return {"cast", {}, {{from, dims}}, {to, dims}}; }

bool IsNan(uint16_t h) { return (h & 0x7fff) > 0x7c00; }

// The value of a half by the definition of binary16: 10 bits behind the point, exponent bias 15.
float FloatFromHalf(uint16_t h) {
  const int exponent = h >> 10 & 31;
  const int mantissa = h & 1023;
  const float magnitude = exponent == 31  ? (mantissa == 0 ? INFINITY : NAN)
                          : exponent == 0 ? std::ldexp(static_cast<float>(mantissa), -24)
                                          : std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
  return std::copysign(magnitude, h >> 15 != 0 ? -1.0F : 1.0F);
}

// The nearest half of a number, by search; of two equally near the even one. From 65520 on (halfway to 2^16) it is infinity.
uint16_t HalfFromFloat(float value) {
  const auto sign = static_cast<uint16_t>(std::signbit(value) ? 0x8000 : 0);
  const double magnitude = std::fabs(static_cast<double>(value));
  if (magnitude >= 65520) return sign | 0x7c00;
  uint16_t low = 0, high = 0x7c00;  // value(low) <= magnitude < value(high)
  while (high - low > 1) {
    const auto middle = static_cast<uint16_t>((low + high) / 2);
    (FloatFromHalf(middle) <= magnitude ? low : high) = middle;
  }
  const double below = magnitude - FloatFromHalf(low);
  const double above = (high == 0x7c00 ? 65536.0 : FloatFromHalf(high)) - magnitude;
  const bool up = above < below || (above == below && (low & 1) != 0);
  return sign | (up ? high : low);
}

TEST(Cast, EveryLayoutAndLength) {
  for (const std::vector<int32_t>& dims : {std::vector<int32_t>{}, {0}, {1}, {3}, {4}, {5}, {7}, {8}, {9}, {17}, {65}, {2, 3, 5, 17}}) {
    CheckNode(Cast(DType::kF16, DType::kF32, dims));
    NodeCase down = Cast(DType::kF32, DType::kF16, dims);
    down.special = false;  // NaN bits are compared below
    CheckNode(down);
  }
}

// All 65536 values: the value that the format defines, the same bits on every level, and back again.
TEST(Cast, EveryHalf) {
  const std::vector<int32_t> dims = {65536};
  GuardedTensor halves(DType::kF16, dims, Layout::kDense);
  for (int64_t i = 0; i < 65536; ++i) *reinterpret_cast<uint16_t*>(halves.at(i)) = static_cast<uint16_t>(i);
  GuardedTensor scalar(DType::kF32, dims, Layout::kDense);
  RunNode(Cast(DType::kF16, DType::kF32, dims), {halves.view}, scalar.view, Level::kScalar, 1);
  std::vector<Level> levels = HostLevels();
  levels.push_back(Level::kReference);
  for (const Level level : levels) {
    GuardedTensor floats(DType::kF32, dims, Layout::kDense);
    GuardedTensor back(DType::kF16, dims, Layout::kDense);
    RunNode(Cast(DType::kF16, DType::kF32, dims), {halves.view}, floats.view, level, 3);
    RunNode(Cast(DType::kF32, DType::kF16, dims), {floats.view}, back.view, level, 3);
    for (int64_t i = 0; i < 65536; ++i) {
      const auto h = static_cast<uint16_t>(i);
      const float f = *reinterpret_cast<float*>(floats.at(i));
      const auto again = *reinterpret_cast<uint16_t*>(back.at(i));
      if (IsNan(h)) {
        ASSERT_TRUE(std::isnan(f) && IsNan(again)) << LevelName(level) << " " << h;
        if (level == Level::kReference) continue;
        ASSERT_EQ(again, h | 0x200) << LevelName(level) << " " << h;
      } else {
        ASSERT_EQ(again, h) << LevelName(level);
        ASSERT_EQ(f, FloatFromHalf(h)) << LevelName(level) << " " << h;
      }
      const bool same = std::memcmp(floats.at(i), scalar.at(i), 4) == 0;
      ASSERT_TRUE(same || level == Level::kReference) << LevelName(level) << " " << h;
    }
  }
}

// Around every float16 and every midpoint between two: the neighbours in float32 on both sides.
TEST(Cast, RoundsToNearestEven) {
  std::vector<float> values;
  for (uint32_t h = 0; h < 0x7c00; ++h) {
    const double low = FloatFromHalf(static_cast<uint16_t>(h));
    const double high = h == 0x7bff ? 65536.0 : FloatFromHalf(static_cast<uint16_t>(h + 1));
    for (const double at : {low, (low + high) / 2}) {
      const auto f = static_cast<float>(at);
      for (const float v : {std::nextafter(f, -INFINITY), f, std::nextafter(f, INFINITY)}) {
        values.push_back(v);
        values.push_back(-v);
      }
    }
  }
  for (const float v : {INFINITY, -INFINITY, 65519.996F, 65520.0F, 1e30F, 1e-30F, 1e-42F}) values.push_back(v);
  const std::vector<int32_t> dims = {static_cast<int32_t>(values.size())};
  GuardedTensor floats(DType::kF32, dims, Layout::kDense);
  std::memcpy(floats.view.data, values.data(), values.size() * sizeof(float));
  GuardedTensor want(DType::kF16, dims, Layout::kDense);
  RunNode(Cast(DType::kF32, DType::kF16, dims), {floats.view}, want.view, Level::kReference, 1);
  for (size_t i = 0; i < values.size(); ++i) {
    ASSERT_EQ(*reinterpret_cast<uint16_t*>(want.at(static_cast<int64_t>(i))), HalfFromFloat(values[i])) << values[i];
  }
  for (const Level level : HostLevels()) {
    GuardedTensor got(DType::kF16, dims, Layout::kDense);
    RunNode(Cast(DType::kF32, DType::kF16, dims), {floats.view}, got.view, level, 1);
    ExpectElements(got, want, 0, std::string("rounding at ") + LevelName(level));
  }
}

}  // namespace
}  // namespace adze::parity
