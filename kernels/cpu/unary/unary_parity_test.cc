// SPDX-License-Identifier: Apache-2.0
// The ops of one input against the reference, and sigmoid's error over the whole range.
#include <cmath>

#include "kernels/contract/elementwise.h"
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/unary.h"

namespace adze::parity {
namespace {

TEST(Unary, ClampEveryLength) {
  for (const ClampRange clamp : {ClampRange{}, ClampRange{0, 6}, ClampRange{-INFINITY, -1}, ClampRange{0, 0}}) {
    ClampParams p;
    p.clamp = clamp;
    for (const int32_t n : {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 65, 131}) {
      CheckNode({"clamp", ParamBytes(p), {{DType::kF32, {n}}}, {DType::kF32, {n}}, true, 0, true});
    }
    CheckNode({"clamp", ParamBytes(p), {{DType::kF32, {2, 7, 5, 17}}}, {DType::kF32, {2, 7, 5, 17}}, true, 0, true});
  }
}

TEST(Unary, SigmoidEveryLayout) {
  for (const std::vector<int32_t>& dims : {std::vector<int32_t>{}, {0}, {1}, {7}, {64}, {65}, {2, 3, 5, 17}, {1, 131, 257}}) {
    CheckNode({"sigmoid", {}, {{DType::kF32, dims}}, {DType::kF32, dims}, true, 2e-7F, true});
  }
}

TEST(Unary, HardSwishEveryLayout) {
  for (const std::vector<int32_t>& dims : {std::vector<int32_t>{}, {0}, {1}, {7}, {15}, {16}, {17}, {65}, {2, 3, 5, 17}, {1, 131, 257}}) {
    CheckNode({"hard_swish", {}, {{DType::kF32, dims}}, {DType::kF32, dims}, true, 1e-6F, true});
  }
}

// At most 2.5 units in the last place wherever the result is normal, over 2^20 values of [-87, 40] and powers of two beyond.
TEST(Unary, SigmoidError) {
  const auto* sigmoid = static_cast<const UnaryF32Ukernel*>(SymbolOf("sigmoid_f32__scalar"));
  double worst = 0;
  for (int i = 0; i < 1 << 20; ++i) {
    const float x = -87.0F + 127.0F * static_cast<float>(i) / static_cast<float>(1 << 20);
    float y;
    sigmoid->run({1, &x, &y, 0, 0});
    const double want = 1 / (1 + std::exp(-static_cast<double>(x)));
    const double ulp = std::ldexp(1.0, std::ilogb(want) - 23);
    worst = std::fmax(worst, std::fabs(y - want) / ulp);
  }
  std::printf("sigmoid: at most %.3f ulp\n", worst);
  EXPECT_LE(worst, 2.5);
  const float x[] = {-INFINITY, -200, 200, INFINITY, -0.0F, NAN};
  float y[6];
  sigmoid->run({6, x, y, 0, 0});
  EXPECT_EQ(y[0], 0);
  EXPECT_EQ(y[1], 0);
  EXPECT_EQ(y[2], 1);
  EXPECT_EQ(y[3], 1);
  EXPECT_EQ(y[4], 0.5F);
  EXPECT_TRUE(std::isnan(y[5]));
}

}  // namespace
}  // namespace adze::parity
