// SPDX-License-Identifier: Apache-2.0
// Reference kernel of asinh.
#include "kernels/reference/elements.h"
#include "kernels/reference/series.h"

namespace adze {
namespace {

double F(double x) { return x < 0 ? -LogSeries(-x + SqrtNewton(x * x + 1)) : LogSeries(x + SqrtNewton(x * x + 1)); }

void Run(const KernelArgs& args) {
  MapElements<float>(args, [](float x) { return static_cast<float>(F(static_cast<double>(x))); });
}

}  // namespace

extern "C" {
extern const Kernel adze_asinh_f32__reference;
const Kernel adze_asinh_f32__reference = {Run};
}

}  // namespace adze
