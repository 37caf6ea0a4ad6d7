// SPDX-License-Identifier: Apache-2.0
// Reference kernel of acosh.
#include "kernels/reference/elements.h"
#include "kernels/reference/series.h"

namespace adze {
namespace {

double F(double x) { return x < 1 ? __builtin_nan("") : LogSeries(x + SqrtNewton(x * x - 1)); }

void Run(const KernelArgs& args) {
  MapElements<float>(args, [](float x) { return static_cast<float>(F(static_cast<double>(x))); });
}

}  // namespace

extern "C" {
extern const Kernel adze_acosh_f32__reference;
const Kernel adze_acosh_f32__reference = {Run};
}

}  // namespace adze
