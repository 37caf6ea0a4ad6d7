// SPDX-License-Identifier: Apache-2.0
// Reference kernel of softplus.
#include "kernels/reference/elements.h"
#include "kernels/reference/series.h"

namespace adze {
namespace {

double F(double x) { return x > 100 ? x : LogSeries(1 + ExpSeries(x)); }

void Run(const KernelArgs& args) {
  MapElements<float>(args, [](float x) { return static_cast<float>(F(static_cast<double>(x))); });
}

}  // namespace

extern "C" {
extern const Kernel adze_softplus_f32__reference;
const Kernel adze_softplus_f32__reference = {Run};
}

}  // namespace adze
