// SPDX-License-Identifier: Apache-2.0
// Reference kernel of pow.
#include "kernels/reference/elements.h"
#include "kernels/reference/series.h"

namespace adze {
namespace {

// x^y for y != 0 and numbers.
double Power(double x, double y) {
  const double magnitude = x < 0 ? -x : x;
  const bool huge = y > 1e15 || y < -1e15;
  const auto whole = huge ? int64_t{0} : static_cast<int64_t>(y);
  if (x < 0 && !huge && magnitude < __builtin_inf() && static_cast<double>(whole) != y) return __builtin_nan("");
  const double power = magnitude == 1 ? 1 : ExpSeries(y * LogSeries(magnitude));
  return __builtin_signbit(x) && static_cast<double>(whole) == y && whole % 2 != 0 ? -power : power;
}

float F(float x, float y) {
  if (y == 0 || x == 1) return 1;
  return x != x || y != y ? __builtin_nanf("") : static_cast<float>(Power(static_cast<double>(x), static_cast<double>(y)));
}

template <typename T>
T F(T x, T y) {
  if (x == 1 || y == 0) return 1;
  if (x == -1) return y % 2 != 0 ? T(-1) : T{1};
  if (x == 0 || y < 0) return 0;
  return y % 2 != 0 ? Wrap<T>(x, F<T>(x, y - 1), '*') : F<T>(Wrap<T>(x, x, '*'), y / 2);
}

void Run(const KernelArgs& args) {
  const DType t = args.in[0]->dtype;
  if (t == DType::kF32) PairElements<float>(args, [](float x, float y) { return F(x, y); });
  if (t == DType::kI32) PairElements<int32_t>(args, F<int32_t>);
  if (t == DType::kI64) PairElements<int64_t>(args, F<int64_t>);
}

}  // namespace

extern "C" {
extern const Kernel adze_pow_any__reference;
const Kernel adze_pow_any__reference = {Run};
}

}  // namespace adze
