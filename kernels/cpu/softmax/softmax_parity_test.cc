// SPDX-License-Identifier: Apache-2.0
// softmax against the reference, and the error bound of its exp.
#include <cmath>

#include "kernels/cpu/softmax/exp.h"
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/softmax.h"

namespace adze::parity {
namespace {

// The bound that exp.h states, over every 509th float32 of either sign and the edges of its range.
TEST(Exp, ErrorBound) {
  double worst_normal = 0;
  double worst_subnormal = 0;
  for (uint64_t b = 0; b < uint64_t{1} << 32; b += 509) {
    const auto bits = static_cast<uint32_t>(b);
    float x;
    std::memcpy(&x, &bits, sizeof(x));
    const float y = Exp(x);
    const double want = std::exp(static_cast<double>(x));
    if (std::isnan(x)) {
      ASSERT_TRUE(std::isnan(y)) << bits;
    } else if (want >= 3.4028235677973366e38) {  // from here on float32 rounds to infinity
      ASSERT_EQ(y, INFINITY) << x;
    } else if (want >= 1.1754943508222875e-38) {
      worst_normal = std::fmax(worst_normal, std::fabs(y - want) / std::ldexp(1.0, std::ilogb(want) - 23));
    } else {
      worst_subnormal = std::fmax(worst_subnormal, std::fabs(y - want) / std::ldexp(1.0, -149));
    }
  }
  std::printf("exp: at most %.3f ulp; subnormal results %.3f\n", worst_normal, worst_subnormal);
  EXPECT_LE(worst_normal, 1.0);
  EXPECT_LE(worst_subnormal, 1.0);
  EXPECT_EQ(Exp(0.0F), 1.0F);
  EXPECT_EQ(Exp(-0.0F), 1.0F);
  EXPECT_EQ(Exp(INFINITY), INFINITY);
  EXPECT_EQ(Exp(-INFINITY), 0.0F);
  EXPECT_EQ(Exp(89.0F), INFINITY);
  EXPECT_EQ(Exp(-110.0F), 0.0F);
}

TEST(Softmax, RowsOfEveryLength) {
  for (const int32_t c : {1, 2, 3, 7, 8, 9, 16, 17, 101, 1001}) {
    for (const float beta : {1.0F, 0.25F, 3.0F}) {
      SoftmaxParams p;
      p.beta = beta;
      CheckNode({"softmax", ParamBytes(p), {{DType::kF32, {c}}}, {DType::kF32, {c}}, false, 1e-6F, true});
      CheckNode({"softmax", ParamBytes(p), {{DType::kF32, {3, 5, c}}}, {DType::kF32, {3, 5, c}}, true, 1e-6F, true});
    }
  }
  CheckNode({"softmax", ParamBytes(SoftmaxParams()), {{DType::kF32, {0, 5}}}, {DType::kF32, {0, 5}}});
}

// A NaN or an infinity makes its row NaN, and no other.
TEST(Softmax, NanStaysInItsRow) {
  for (const float bad : {NAN, INFINITY}) {
    GuardedTensor x(DType::kF32, {3, 4}, Layout::kRowGaps);
    for (int64_t i = 0; i < 12; ++i) *reinterpret_cast<float*>(x.at(i)) = static_cast<float>(i);
    *reinterpret_cast<float*>(x.at(6)) = bad;
    GuardedTensor y(DType::kF32, {3, 4}, Layout::kDense);
    const NodeCase node = {"softmax", ParamBytes(SoftmaxParams()), {{DType::kF32, {3, 4}}}, {DType::kF32, {3, 4}}};
    RunNode(node, {x.view}, y.view, Level::kScalar, 1);
    EXPECT_FALSE(std::isnan(*reinterpret_cast<float*>(y.at(3))));
    EXPECT_TRUE(std::isnan(*reinterpret_cast<float*>(y.at(6))));
    EXPECT_FALSE(std::isnan(*reinterpret_cast<float*>(y.at(8))));
  }
}

}  // namespace
}  // namespace adze::parity
