// SPDX-License-Identifier: Apache-2.0
// Reference kernel of floor.
#include "kernels/reference/elements.h"

namespace adze {
namespace {

// By steps of 1 from the number cut towards 0, which past 2^52 is the number itself.
double F(double x) {
  if (!(x < 4503599627370496.0 && x > -4503599627370496.0) || x == 0) return x;
  const auto cut = static_cast<double>(static_cast<int64_t>(x));
  return cut > x ? cut - 1 : cut;
}

void Run(const KernelArgs& args) {
  MapElements<float>(args, [](float x) { return static_cast<float>(F(static_cast<double>(x))); });
}

}  // namespace

extern "C" {
extern const Kernel adze_floor_f32__reference;
const Kernel adze_floor_f32__reference = {Run};
}

}  // namespace adze
