// SPDX-License-Identifier: Apache-2.0
// Tests of weight packing against the formulas of op-registry/core/packing.h.
#include "models/pack/pack.h"
#include "op-registry/core/winograd.h"

#include <gtest/gtest.h>

namespace adze::pack {
namespace {

std::vector<float> Counting(int64_t n) {
  std::vector<float> v(static_cast<size_t>(n));
  for (size_t i = 0; i < v.size(); ++i) v[i] = static_cast<float>(i + 1);
  return v;
}

TEST(PackPanels16, EveryElementAndZerosPastTheColumns) {
  for (const int64_t n : {1, 15, 16, 17, 37}) {
    for (const int64_t k : {0, 1, 5}) {
      for (const int64_t groups : {1, 3}) {
        const std::vector<float> w = Counting(groups * n * k), packed = PackPanels16(w, groups, n, k);
        const int64_t panels = (n + 15) / 16;
        ASSERT_EQ(static_cast<int64_t>(packed.size()), groups * panels * k * 16);
        for (int64_t g = 0; g < groups; ++g) {
          for (int64_t column = 0; column < panels * 16; ++column) {
            for (int64_t i = 0; i < k; ++i) {
              const float want = column < n ? w[(g * n + column) * k + i] : 0.0f;
              ASSERT_EQ(packed[((g * panels + column / 16) * k + i) * 16 + column % 16], want) << n << " " << k << " " << column;
            }
          }
        }
      }
    }
  }
}

TEST(ColumnsLast, EveryElement) {
  const int64_t outputs = 3, kh = 2, kw = 4, c_in = 5;
  const std::vector<float> w = Counting(outputs * kh * kw * c_in), last = ColumnsLast(w, outputs, kh, kw, c_in);
  ASSERT_EQ(last.size(), w.size());
  for (int64_t row = 0; row < outputs * kh; ++row) {
    for (int64_t j = 0; j < kw; ++j) {
      for (int64_t c = 0; c < c_in; ++c) ASSERT_EQ(last[(row * c_in + c) * kw + j], w[(row * kw + j) * c_in + c]);
    }
  }
}

TEST(PackDepthwise16, EveryElementAndZerosPastTheChannels) {
  for (const int64_t channels : {1, 15, 16, 17, 37}) {
    const int64_t positions = 9, padded = (channels + 15) / 16 * 16;
    const std::vector<float> w = Counting(channels * positions), packed = PackDepthwise16(w, channels, positions);
    ASSERT_EQ(static_cast<int64_t>(packed.size()), positions * padded);
    for (int64_t s = 0; s < positions; ++s) {
      for (int64_t c = 0; c < padded; ++c) {
        ASSERT_EQ(packed[s * padded + c], c < channels ? w[c * positions + s] : 0.0f) << channels << " " << s << " " << c;
      }
    }
  }
}

// A position of a constant 3 x 3 kernel is the product of its rows' sums; position (5, 5) is the last weight, position (0, 0) the first.
TEST(PackWinograd4x3, PositionsOfKernelsAndZerosPastTheColumns) {
  const int64_t n = 17, c_in = 3, panels = 2;
  std::vector<float> w = Counting(n * 9 * c_in);
  const std::vector<float> packed = PackWinograd4x3(w, n, c_in);
  ASSERT_EQ(static_cast<int64_t>(packed.size()), 36 * panels * c_in * 16);
  const auto at = [&](const std::vector<float>& from, int64_t s, int64_t o, int64_t c) {
    return from[((s * panels + o / 16) * c_in + c) * 16 + o % 16];
  };
  for (int64_t o = 0; o < 32; ++o) {
    for (int64_t c = 0; c < c_in; ++c) {
      ASSERT_EQ(at(packed, 35, o, c), o < n ? w[(o * 9 + 8) * c_in + c] : 0.0f) << o << " " << c;
      const double first = o < n ? w[o * 9 * c_in + c] * kWinogradG[0][0] * kWinogradG[0][0] : 0.0;
      ASSERT_EQ(at(packed, 0, o, c), static_cast<float>(first)) << o << " " << c;
    }
  }
  for (float& f : w) f = 2;
  const std::vector<float> constant = PackWinograd4x3(w, n, c_in);
  for (int64_t s = 0; s < 36; ++s) {
    const double* p = kWinogradG[s / 6];
    const double* q = kWinogradG[s % 6];
    ASSERT_NEAR(at(constant, s, 16, 2), 2 * (p[0] + p[1] + p[2]) * (q[0] + q[1] + q[2]), 1e-6) << s;
  }
}

TEST(PadTo16, Sizes) {
  EXPECT_EQ(PadTo16({}).size(), 0u);
  EXPECT_EQ(PadTo16(Counting(1)).size(), 16u);
  EXPECT_EQ(PadTo16(Counting(16)).size(), 16u);
  EXPECT_EQ(PadTo16(Counting(17)).size(), 32u);
  EXPECT_EQ(PadTo16(Counting(17))[16], 17.0f);
  EXPECT_EQ(PadTo16(Counting(17))[17], 0.0f);
}

}  // namespace
}  // namespace adze::pack
