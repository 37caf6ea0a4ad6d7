// SPDX-License-Identifier: Apache-2.0
// Reference kernel of mod.
#include "kernels/reference/elements.h"

namespace adze {
namespace {

// By long division in steps of one digit.
float Rest(float a, float b) {
  if (b == 0 || !(a - a == 0) || b != b) return __builtin_nanf("");
  if (b - b != 0) return a;
  double rest = a < 0 ? -static_cast<double>(a) : static_cast<double>(a);
  const double by = b < 0 ? -static_cast<double>(b) : static_cast<double>(b);
  double step = by;
  while (step <= rest / 2) step *= 2;
  for (; step >= by; step /= 2) {
    if (rest >= step) rest -= step;
  }
  return __builtin_copysignf(static_cast<float>(rest), a);
}
int32_t Rest(int32_t a, int32_t b) { return b == 0 || b == -1 ? 0 : a % b; }
int64_t Rest(int64_t a, int64_t b) { return b == 0 || b == -1 ? 0 : a % b; }

template <typename T>
T F(T a, T b) {
  const T rest = Rest(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

void Run(const KernelArgs& args) {
  const DType t = args.in[0]->dtype;
  if (t == DType::kF32) PairElements<float>(args, F<float>);
  if (t == DType::kI32) PairElements<int32_t>(args, F<int32_t>);
  if (t == DType::kI64) PairElements<int64_t>(args, F<int64_t>);
}

}  // namespace

extern "C" {
extern const Kernel adze_mod_any__reference;
const Kernel adze_mod_any__reference = {Run};
}

}  // namespace adze
