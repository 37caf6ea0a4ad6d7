// SPDX-License-Identifier: Apache-2.0
// softmax and layer_norm against the reference, and the error bound of exp.
#include <cmath>

#include "kernels/cpu/normalize/exp.h"
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/layer_norm.h"
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

// So many elements that the rows over micro-kernels are chosen.
TEST(Softmax, ManyRowsOfEveryLength) {
  for (const int32_t c : {15, 16, 17, 19, 23, 24, 25, 31, 32, 33, 47, 128, 131}) {
    for (const float beta : {1.0F, 0.125F}) {
      const std::vector<int32_t> dims = {2, 4200 / c, c};
      CheckNode({"softmax", ParamBytes(SoftmaxParams{beta}), {{DType::kF32, dims}}, {DType::kF32, dims}, false, 1e-6F, true});
    }
  }
}

TEST(Softmax, ManyRowsWithNans) {
  CheckNode({"softmax", ParamBytes(SoftmaxParams()), {{DType::kF32, {601, 19}}}, {DType::kF32, {601, 19}}, true, 1e-6F, true});
}

TEST(LayerNorm, RowsOfEveryLength) {
  for (const int32_t c : {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 131, 384}) {
    for (const float epsilon : {1e-5F, 1e-12F}) {
      NodeCase node = {"layer_norm",
                       ParamBytes(LayerNormParams{epsilon}),
                       {{DType::kF32, {3, 5, c}}, {DType::kF32, {c}}, {DType::kF32, {c}}},
                       {DType::kF32, {3, 5, c}}};
      node.special = false;
      node.tolerance = 4e-6F;
      node.inner_dense = true;
      if (c == 1 && epsilon < 1e-6F) continue;  // x - mean is rounding error, divided by a root of 1e-12
      CheckNode(node);
    }
  }
  NodeCase none = {
      "layer_norm", ParamBytes(LayerNormParams()), {{DType::kF32, {0, 5}}, {DType::kF32, {5}}, {DType::kF32, {5}}}, {DType::kF32, {0, 5}}};
  none.inner_dense = true;
  CheckNode(none);
}

// A mean far from 0 against the spread: one pass over x and x^2 would lose all digits.
TEST(LayerNorm, LargeMean) {
  constexpr int32_t kC = 37;
  GuardedTensor x(DType::kF32, {1, kC}, Layout::kDense), gamma(DType::kF32, {kC}, Layout::kDense), beta(DType::kF32, {kC}, Layout::kDense);
  for (int64_t i = 0; i < kC; ++i) {
    *reinterpret_cast<float*>(x.at(i)) = 4096 + static_cast<float>(i % 5);
    *reinterpret_cast<float*>(gamma.at(i)) = 1;
    *reinterpret_cast<float*>(beta.at(i)) = 0;
  }
  NodeCase node = {"layer_norm",
                   ParamBytes(LayerNormParams()),
                   {{DType::kF32, {1, kC}}, {DType::kF32, {kC}}, {DType::kF32, {kC}}},
                   {DType::kF32, {1, kC}}};
  GuardedTensor want(DType::kF32, {1, kC}, Layout::kDense);
  RunNode(node, {x.view, gamma.view, beta.view}, want.view, Level::kReference, 1);
  for (const Level level : HostLevels()) {
    GuardedTensor y(DType::kF32, {1, kC}, Layout::kDense);
    RunNode(node, {x.view, gamma.view, beta.view}, y.view, level, 1);
    ExpectElements(y, want, 1e-3F, LevelName(level));
  }
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
