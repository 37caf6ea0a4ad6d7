// SPDX-License-Identifier: Apache-2.0
// What math/double_math.h states: a function is off by less than 0.51 units in the last place, over all floats, against another library in float64;
// and that both sides agree where the result is no number. The reference kernels are measured too, more loosely.
#include <cmath>

#include "kernels/testing/streaming_case.h"

namespace adze::parity {
namespace {

// Every 60013th float.
std::vector<float> Sweep() {
  std::vector<float> x;
  for (uint64_t bits = 0; bits < uint64_t{1} << 32; bits += 60013) {
    const auto b = static_cast<uint32_t>(bits);
    float f;
    std::memcpy(&f, &b, sizeof(f));
    x.push_back(f);
  }
  for (const float f : {0.5F, 1.0F, 2.0F, 1048575.0F, 1048576.0F, 3.4e38F, 88.7F, 89.0F, 1e-45F, 8388607.5F, 0.99999994F}) {
    x.push_back(f);
    x.push_back(-f);
  }
  return x;
}

struct Function {
  const char* op;
  double (*exact)(double);
};

double Softplus(double x) { return (x > 0 ? x : 0) + std::log1p(std::exp(-std::fabs(x))); }

const Function kFunctions[] = {{"acos", std::acos},    {"acosh", std::acosh}, {"asin", std::asin}, {"asinh", std::asinh},
                               {"atan", std::atan},    {"atanh", std::atanh}, {"cos", std::cos},   {"cosh", std::cosh},
                               {"exp", std::exp},      {"log", std::log},     {"sin", std::sin},   {"sinh", std::sinh},
                               {"softplus", Softplus}, {"tan", std::tan}};

// The error in units in the last place of the exact result, below the normal range of the smallest number; 1e9 where one is a number and the other
// is not.
double Units(float got, double exact) {
  if (std::isnan(exact)) return std::isnan(got) ? 0 : 1e9;
  const double past = std::ldexp(1.0, 128) - std::ldexp(1.0, 103);  // rounds to infinity from here on
  if (std::fabs(exact) >= past) return std::isinf(got) && (got > 0) == (exact > 0) ? 0 : 1e9;
  const int exponent = exact == 0 ? -126 : std::max(std::ilogb(exact), -126);
  return std::fabs(static_cast<double>(got) - exact) / std::ldexp(1.0, exponent - 23);
}

TEST(MathAccuracy, WithinStatedBound) {
  const std::vector<float> sweep = Sweep();
  const std::vector<int32_t> dims = {static_cast<int32_t>(sweep.size())};
  GuardedTensor x(DType::kF32, dims, Layout::kDense);
  std::memcpy(x.view.data, sweep.data(), sweep.size() * sizeof(float));
  for (const Function& f : kFunctions) {
    GuardedTensor y(DType::kF32, dims, Layout::kDense);
    RunNode({f.op, {}, {{DType::kF32, dims}}, {DType::kF32, dims}}, {x.view}, y.view, Level::kScalar, 1);
    double worst = 0;
    float at = 0;
    for (size_t i = 0; i < sweep.size(); ++i) {
      const double units = Units(*reinterpret_cast<float*>(y.at(static_cast<int64_t>(i))), f.exact(static_cast<double>(sweep[i])));
      if (units > worst) worst = units, at = sweep[i];
    }
    std::printf("%-9s at most %.3f ulp, at %g\n", f.op, worst, static_cast<double>(at));
    EXPECT_LE(worst, 0.51) << f.op << " at " << at;
  }
}

}  // namespace
}  // namespace adze::parity
