// SPDX-License-Identifier: Apache-2.0
// Reference kernel of hard_swish.
#include "kernels/reference/index_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    const double x = *reinterpret_cast<float*>(ElementAt(*args.in[0], i));
    const double gate = x + 3;
    *reinterpret_cast<float*>(ElementAt(y, i)) = static_cast<float>(x * (gate < 0 ? 0 : gate > 6 ? 6 : gate) / 6);
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_hard_swish_f32__reference;
const Kernel adze_hard_swish_f32__reference = {Run};
}

}  // namespace adze
