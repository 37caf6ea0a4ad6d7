// SPDX-License-Identifier: Apache-2.0
// Reference kernel of sqrt.
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
    *reinterpret_cast<float*>(ElementAt(y, i)) = static_cast<float>(SqrtNewton(x));
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_sqrt_f32__reference;
const Kernel adze_sqrt_f32__reference = {Run};
}

}  // namespace adze
