// SPDX-License-Identifier: Apache-2.0
// pad: all of y filled with the value, then x copied into its middle. The middle is written twice: padding that matters is fused into
// the convolution behind it.
#include "kernels/cpu/movement/strided_copy.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  auto params = ParamsOf<PadParams>(args.params);
  const Tensor& x = *args.in[0];
  Tensor to = *args.out[0];
  Tensor value = to;
  value.data = params.value;
  for (int d = 0; d < to.shape.rank; ++d) value.strides[d] = 0;
  CopyTensor(args, value, to);
  to.shape = x.shape;
  for (int d = 0; d < to.shape.rank; ++d) to.data += params.before[d] * to.strides[d];
  CopyTensor(args, x, to);
}

}  // namespace

extern "C" {
extern const Kernel adze_pad_any__any;
const Kernel adze_pad_any__any = {Run};
}

}  // namespace adze
