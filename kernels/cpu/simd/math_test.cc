// SPDX-License-Identifier: Apache-2.0
// The error bounds that simd/math.h states, on every level of this CPU: each function over every 509th float32 of either sign, against
// double, and at the edges.
#include "kernels/testing/ukernels.h"

namespace adze::parity {
namespace {

constexpr float kSmallestNormal = 1.17549435e-38F;

// Calls f(x, y) for x over all of float32, y = ukernel(x), in runs of odd length so that tails are met.
template <typename Fn>
void ForAllFloats(const UnaryF32Ukernel& ukernel, const Fn& f) {
  constexpr size_t kRun = 1021;
  std::vector<float> x, y(kRun);
  for (uint64_t b = 0; b < uint64_t{1} << 32; b += 509) {
    const auto bits = static_cast<uint32_t>(b);
    float v;
    std::memcpy(&v, &bits, sizeof(v));
    x.push_back(v);
    if (x.size() < kRun && b + 509 < uint64_t{1} << 32) continue;
    ukernel.run({x.size(), x.data(), y.data(), 0, 0});
    for (size_t i = 0; i < x.size(); ++i) f(x[i], y[i]);
    x.clear();
  }
}

// The largest error in units in the last place over finite x whose result is normal; NaN must stay NaN, and where the result is not
// normal the error must stay below the smallest normal number.
double WorstUlp(const UnaryF32Ukernel& ukernel, double (*exact)(double)) {
  double worst = 0;
  size_t wrong = 0;
  ForAllFloats(ukernel, [&](float x, float y) {
    const double want = exact(static_cast<double>(x));
    if (std::isnan(x) || std::isnan(y)) {
      wrong += std::isnan(x) != std::isnan(y);
    } else if (std::fabs(want) < static_cast<double>(kSmallestNormal)) {
      wrong += std::fabs(y - want) > static_cast<double>(kSmallestNormal);
    } else {
      worst = std::fmax(worst, std::fabs(y - want) / std::ldexp(1.0, std::ilogb(want) - 23));
    }
  });
  EXPECT_EQ(wrong, 0U);
  return worst;
}

float At(const UnaryF32Ukernel& ukernel, float x) {
  float y = 77;
  ukernel.run({1, &x, &y, 0, 0});
  return y;
}

void ExpectBound(const char* op, double (*exact)(double), double bound) {
  for (const Variant<UnaryF32Ukernel>& v : UnaryVariants(op)) {
    const double worst = WorstUlp(*v.ukernel, exact);
    std::printf("%s: at most %.3f ulp\n", v.name, worst);
    EXPECT_LE(worst, bound) << v.name;
  }
}

TEST(Math, Sigmoid) {
  ExpectBound(
      "sigmoid", [](double x) { return 1 / (1 + std::exp(-x)); }, 2.5);
  for (const auto& v : UnaryVariants("sigmoid")) {
    EXPECT_EQ(At(*v.ukernel, -INFINITY), 0) << v.name;
    EXPECT_EQ(At(*v.ukernel, -200), 0) << v.name;
    EXPECT_EQ(At(*v.ukernel, 200), 1) << v.name;
    EXPECT_EQ(At(*v.ukernel, INFINITY), 1) << v.name;
    EXPECT_EQ(At(*v.ukernel, -0.0F), 0.5F) << v.name;
    EXPECT_TRUE(std::isnan(At(*v.ukernel, NAN))) << v.name;
  }
}

TEST(Math, Tanh) {
  ExpectBound(
      "tanh", [](double x) { return std::tanh(x); }, 3);
  for (const auto& v : UnaryVariants("tanh")) {
    EXPECT_EQ(At(*v.ukernel, -INFINITY), -1) << v.name;
    EXPECT_EQ(At(*v.ukernel, INFINITY), 1) << v.name;
    EXPECT_EQ(At(*v.ukernel, 0), 0) << v.name;
    EXPECT_EQ(At(*v.ukernel, 1e-40F), 1e-40F) << v.name;
    EXPECT_TRUE(std::isnan(At(*v.ukernel, NAN))) << v.name;
  }
}

TEST(Math, Erf) {
  ExpectBound(
      "erf", [](double x) { return std::erf(x); }, 6.5);
  for (const auto& v : UnaryVariants("erf")) {
    EXPECT_EQ(At(*v.ukernel, -INFINITY), -1) << v.name;
    EXPECT_EQ(At(*v.ukernel, 4), 1) << v.name;
    EXPECT_EQ(At(*v.ukernel, 0), 0) << v.name;
    EXPECT_TRUE(std::isnan(At(*v.ukernel, NAN))) << v.name;
  }
}

TEST(Math, Sqrt) {
  for (const auto& v : UnaryVariants("sqrt")) {
    for (const float x : {0.0F, 1e-40F, 2.0F, 3e38F, INFINITY}) EXPECT_EQ(At(*v.ukernel, x), std::sqrt(x)) << v.name;
    EXPECT_TRUE(std::isnan(At(*v.ukernel, -1))) << v.name;
    EXPECT_TRUE(std::isnan(At(*v.ukernel, NAN))) << v.name;
  }
}

TEST(Math, Gelu) {
  for (const auto& v : UnaryVariants("gelu")) {
    double worst = 0;
    size_t wrong = 0;
    ForAllFloats(*v.ukernel, [&](float x, float y) {
      const double want = 0.5 * x * (1 + std::erf(x * 0.70710678118654752));
      if (std::isnan(x) || x == -INFINITY || std::isnan(y)) {
        wrong += !std::isnan(y) || !(std::isnan(x) || x == -INFINITY);
      } else if (std::fabs(x) >= 5.66F) {
        wrong += y != (x < 0 ? 0 : x);
      } else if (std::fabs(x) > kSmallestNormal) {
        worst = std::fmax(worst, std::fabs(y - want) / std::fabs(x));
      }
    });
    std::printf("%s: at most %.3g |x|\n", v.name, worst);
    EXPECT_LE(worst, 2.5e-7) << v.name;
    EXPECT_EQ(wrong, 0U) << v.name;
  }
}

}  // namespace
}  // namespace adze::parity
