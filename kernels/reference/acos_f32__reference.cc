// SPDX-License-Identifier: Apache-2.0
// Reference kernel of acos.
#include "kernels/reference/elements.h"
#include "kernels/reference/series.h"

namespace adze {
namespace {

double F(double x) { return x > 1 || x < -1 ? __builtin_nan("") : 1.5707963267948966 - AtanSeries(x / SqrtNewton((1 - x) * (1 + x))); }

void Run(const KernelArgs& args) {
  MapElements<float>(args, [](float x) { return static_cast<float>(F(static_cast<double>(x))); });
}

}  // namespace

extern "C" {
extern const Kernel adze_acos_f32__reference;
const Kernel adze_acos_f32__reference = {Run};
}

}  // namespace adze
