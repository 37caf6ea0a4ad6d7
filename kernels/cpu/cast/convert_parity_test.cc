// SPDX-License-Identifier: Apache-2.0
// Casts between all dtypes against the reference, and floats past the ends of integers against their definition.
#include "kernels/testing/streaming_case.h"

namespace adze::parity {
namespace {

constexpr DType kTypes[] = {DType::kF32, DType::kI32, DType::kI64, DType::kI8, DType::kU8, DType::kBool};

TEST(Convert, EveryPairAndLayout) {
  for (const DType from : kTypes) {
    for (const DType to : kTypes) {
      if (from == to) continue;
      for (const std::vector<int32_t>& dims : {std::vector<int32_t>{}, {0}, {17}, {2, 3, 5}})
        CheckNode({"cast", {}, {{from, dims}}, {to, dims}});
    }
  }
}

template <typename T>
void ExpectSaturates(DType to) {
  const float values[] = {NAN,    INFINITY, -INFINITY, 3e9F,    -3e9F,  1e20F, -1e20F, 2147483520.0F, -2147483648.0F,
                          300.5F, -300.5F,  127.9F,    -128.9F, 255.9F, -0.9F, 0.9F};
  constexpr int kCount = 16;
  GuardedTensor x(DType::kF32, {kCount}, Layout::kDense);
  std::memcpy(x.view.data, values, sizeof(values));
  for (const Level level : {Level::kScalar, Level::kReference}) {
    GuardedTensor y(to, {kCount}, Layout::kDense);
    RunNode({"cast", {}, {{DType::kF32, {kCount}}}, {to, {kCount}}}, {x.view}, y.view, level, 1);
    for (int i = 0; i < kCount; ++i) {
      const long double cut = std::trunc(static_cast<long double>(values[i]));
      const long double lo = std::numeric_limits<T>::min(), hi = std::numeric_limits<T>::max();
      const T want = std::isnan(values[i]) ? T{0}
                     : cut < lo            ? std::numeric_limits<T>::min()
                     : cut > hi            ? std::numeric_limits<T>::max()
                                           : static_cast<T>(cut);
      T got;
      std::memcpy(&got, y.at(i), sizeof(T));
      EXPECT_EQ(static_cast<int64_t>(got), static_cast<int64_t>(want)) << values[i] << " at " << LevelName(level);
    }
  }
}

TEST(Convert, FloatsPastTheEnds) {
  ExpectSaturates<int8_t>(DType::kI8);
  ExpectSaturates<uint8_t>(DType::kU8);
  ExpectSaturates<int32_t>(DType::kI32);
  ExpectSaturates<int64_t>(DType::kI64);
}

}  // namespace
}  // namespace adze::parity
