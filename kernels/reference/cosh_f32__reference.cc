// SPDX-License-Identifier: Apache-2.0
// Reference kernel of cosh.
#include "kernels/reference/elements.h"
#include "kernels/reference/series.h"

namespace adze {
namespace {

double F(double x) { return x > 100 || x < -100 ? __builtin_inf() : (ExpSeries(x) + ExpSeries(-x)) / 2; }

void Run(const KernelArgs& args) {
  MapElements<float>(args, [](float x) { return static_cast<float>(F(static_cast<double>(x))); });
}

}  // namespace

extern "C" {
extern const Kernel adze_cosh_f32__reference;
const Kernel adze_cosh_f32__reference = {Run};
}

}  // namespace adze
