// SPDX-License-Identifier: Apache-2.0
// Reference kernel of cos.
#include "kernels/reference/elements.h"
#include "kernels/reference/series.h"

namespace adze {
namespace {

double F(double x) { return CosSeries(x); }

void Run(const KernelArgs& args) {
  MapElements<float>(args, [](float x) { return static_cast<float>(F(static_cast<double>(x))); });
}

}  // namespace

extern "C" {
extern const Kernel adze_cos_f32__reference;
const Kernel adze_cos_f32__reference = {Run};
}

}  // namespace adze
