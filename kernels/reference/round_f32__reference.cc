// SPDX-License-Identifier: Apache-2.0
// Reference kernel of round.
#include "kernels/reference/elements.h"

namespace adze {
namespace {

// Of the two nearest integers the nearer one, or the even one.
double F(double x) {
  if (!(x < 4503599627370496.0 && x > -4503599627370496.0) || x == 0) return x;
  auto below = static_cast<int64_t>(x);
  if (static_cast<double>(below) > x) --below;
  const double over = x - static_cast<double>(below);
  return static_cast<double>(over > 0.5 || (over == 0.5 && below % 2 != 0) ? below + 1 : below);
}

void Run(const KernelArgs& args) {
  MapElements<float>(args, [](float x) { return static_cast<float>(F(static_cast<double>(x))); });
}

}  // namespace

extern "C" {
extern const Kernel adze_round_f32__reference;
const Kernel adze_round_f32__reference = {Run};
}

}  // namespace adze
