// SPDX-License-Identifier: Apache-2.0
// Casts between all dtypes that have a row against the reference, and floats past the ends of integers and of bfloat16 against their definition.
#include "kernels/testing/streaming_case.h"

namespace adze::parity {
namespace {

void CheckBothWays(DType a, DType b) {
  for (const std::vector<int32_t>& dims : {std::vector<int32_t>{}, {0}, {17}, {2, 3, 5}}) {
    CheckNode({"cast", {}, {{a, dims}}, {b, dims}});
    CheckNode({"cast", {}, {{b, dims}}, {a, dims}});
  }
}

TEST(Convert, EveryPairAndLayout) {
  constexpr DType kTypes[] = {DType::kF32, DType::kI32, DType::kI64, DType::kI8, DType::kU8, DType::kBool};
  for (const DType& from : kTypes) {
    for (const DType& to : kTypes) {
      if (&from < &to) CheckBothWays(from, to);
    }
  }
}

TEST(Convert, NarrowAndUnsignedByTheirArithmeticType) {
  for (const DType t : {DType::kI16, DType::kU16}) {
    CheckBothWays(t, DType::kI32);
    CheckBothWays(t, DType::kF32);
  }
  for (const DType t : {DType::kU32, DType::kU64}) {
    CheckBothWays(t, DType::kI64);
    CheckBothWays(t, DType::kF32);
  }
  CheckBothWays(DType::kBF16, DType::kF32);
}

template <typename X, typename Y>
std::vector<Y> CastAll(DType from, DType to, const std::vector<X>& values, Level level) {
  const std::vector<int32_t> dims = {static_cast<int32_t>(values.size())};
  GuardedTensor x(from, dims, Layout::kDense), y(to, dims, Layout::kDense);
  std::memcpy(x.view.data, values.data(), values.size() * sizeof(X));
  RunNode({"cast", {}, {{from, dims}}, {to, dims}}, {x.view}, y.view, level, 1);
  std::vector<Y> got(values.size());
  std::memcpy(got.data(), y.view.data, got.size() * sizeof(Y));
  return got;
}

template <typename T>
void ExpectSaturates(DType to) {
  const std::vector<float> values = {NAN,      INFINITY, -INFINITY, 3e9F,      -3e9F,    1e20F,    -1e20F,  2147483520.0F, -2147483648.0F,
                                     300.5F,   -300.5F,  127.9F,    -128.9F,   255.9F,   -0.9F,    0.9F,    4e9F,          5e9F,
                                     65535.5F, 65536.0F, -32768.5F, -32769.0F, 32767.9F, 32768.0F, 9.3e18F, 1.8e19F,       1.9e19F};
  for (const Level level : {Level::kScalar, Level::kReference}) {
    const std::vector<T> got = CastAll<float, T>(DType::kF32, to, values, level);
    for (size_t i = 0; i < values.size(); ++i) {
      const long double cut = std::trunc(static_cast<long double>(values[i]));
      const long double lo = std::numeric_limits<T>::min(), hi = std::numeric_limits<T>::max();
      const T want = std::isnan(values[i]) ? T{0}
                     : cut < lo            ? std::numeric_limits<T>::min()
                     : cut > hi            ? std::numeric_limits<T>::max()
                                           : static_cast<T>(cut);
      EXPECT_EQ(got[i], want) << values[i] << " at " << LevelName(level);
    }
  }
}

TEST(Convert, FloatsPastTheEnds) {
  ExpectSaturates<int8_t>(DType::kI8);
  ExpectSaturates<uint8_t>(DType::kU8);
  ExpectSaturates<int16_t>(DType::kI16);
  ExpectSaturates<uint16_t>(DType::kU16);
  ExpectSaturates<int32_t>(DType::kI32);
  ExpectSaturates<uint32_t>(DType::kU32);
  ExpectSaturates<int64_t>(DType::kI64);
  ExpectSaturates<uint64_t>(DType::kU64);
}

// Ties to even, overflow to infinity, subnormals, NaN: the upper half of the float32 that is nearest.
TEST(Convert, BfloatsByDefinition) {
  const std::vector<uint32_t> bits = {0x3f808000, 0x3f818000, 0x3f808001, 0x3f807fff, 0x7f7fffff,
                                      0xff800000, 0x00008000, 0x00018000, 0x80000000};
  const std::vector<uint16_t> want = {0x3f80, 0x3f82, 0x3f81, 0x3f80, 0x7f80, 0xff80, 0x0000, 0x0002, 0x8000};
  for (const Level level : {Level::kScalar, Level::kReference}) {
    EXPECT_EQ((CastAll<uint32_t, uint16_t>(DType::kF32, DType::kBF16, bits, level)), want) << LevelName(level);
    const std::vector<uint16_t> nan = CastAll<uint32_t, uint16_t>(DType::kF32, DType::kBF16, {0x7f800001}, level);
    EXPECT_EQ(nan[0], 0x7fc0) << LevelName(level);
    EXPECT_EQ((CastAll<uint16_t, uint32_t>(DType::kBF16, DType::kF32, {0x3f80, 0x0001, 0xff80}, level)),
              (std::vector<uint32_t>{0x3f800000, 0x00010000, 0xff800000}));
  }
}

TEST(Convert, DoublesByDefinition) {
  const std::vector<double> values = {1.0, 1 + 1e-9, 1 + 0x1p-24, 1 + 0x1.8p-23, 1e300, -1e300, 1e-300, -0.0, 16777217.0};
  for (const Level level : {Level::kScalar, Level::kReference}) {
    const std::vector<float> got = CastAll<double, float>(DType::kF64, DType::kF32, values, level);
    for (size_t i = 0; i < values.size(); ++i) {
      EXPECT_EQ(got[i], static_cast<float>(values[i]));
      EXPECT_EQ(std::signbit(got[i]), std::signbit(values[i]));
    }
    EXPECT_EQ((CastAll<double, int64_t>(DType::kF64, DType::kI64, {16777217.9, -1e300, 9.3e18, NAN}, level)),
              (std::vector<int64_t>{16777217, INT64_MIN, INT64_MAX, 0}));
    EXPECT_EQ((CastAll<double, int32_t>(DType::kF64, DType::kI32, {2147483646.9, -2147483649.0}, level)),
              (std::vector<int32_t>{2147483646, INT32_MIN}));
    EXPECT_EQ((CastAll<double, uint8_t>(DType::kF64, DType::kBool, {1e-300, 0.0, NAN}, level)), (std::vector<uint8_t>{1, 0, 1}));
    EXPECT_EQ((CastAll<float, double>(DType::kF32, DType::kF64, {0.1F, -0.0F, INFINITY}, level)),
              (std::vector<double>{static_cast<double>(0.1F), -0.0, static_cast<double>(INFINITY)}));
  }
  CheckBothWays(DType::kF64, DType::kI32);
  CheckBothWays(DType::kF64, DType::kI64);
  CheckNode({"cast", {}, {{DType::kF64, {2, 3, 5}}}, {DType::kBool, {2, 3, 5}}});
  CheckNode({"cast", {}, {{DType::kF32, {2, 3, 5}}}, {DType::kF64, {2, 3, 5}}});
}

}  // namespace
}  // namespace adze::parity
