// SPDX-License-Identifier: Apache-2.0
// Reference kernel of div.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/binary.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const ClampRange clamp = ParamsOf<BinaryParams>(args.params).clamp;
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    const float v = *reinterpret_cast<float*>(ElementAt(*args.in[0], i)) / *reinterpret_cast<float*>(ElementAt(*args.in[1], i));
    *reinterpret_cast<float*>(ElementAt(y, i)) = v < clamp.lo ? clamp.lo : v > clamp.hi ? clamp.hi : v;
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_div_f32__reference;
const Kernel adze_div_f32__reference = {Run};
}

}  // namespace adze
