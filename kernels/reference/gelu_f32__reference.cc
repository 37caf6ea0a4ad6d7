// SPDX-License-Identifier: Apache-2.0
// Reference kernel of gelu.
#include "kernels/reference/erf_series.h"
#include "kernels/reference/index_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    const double x = *reinterpret_cast<float*>(ElementAt(*args.in[0], i));
    *reinterpret_cast<float*>(ElementAt(y, i)) = static_cast<float>(0.5 * x * (1 + ErfSeries(x * 0.70710678118654752)));
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_gelu_f32__reference;
const Kernel adze_gelu_f32__reference = {Run};
}

}  // namespace adze
