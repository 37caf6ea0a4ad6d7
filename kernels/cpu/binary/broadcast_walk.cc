// SPDX-License-Identifier: Apache-2.0
// Broadcasting is a stride of 0.
#include "kernels/cpu/binary/broadcast_walk.h"

namespace adze {

void WalkBroadcast(const KernelArgs& args, RunFn f, const void* context) {
  Tensor operands[] = {*args.in[0], *args.in[1], *args.out[0]};
  const Shape& shape = operands[2].shape;
  for (int k = 0; k < 2; ++k) {
    for (int d = 0; d < shape.rank; ++d) {
      if (operands[k].shape.dims[d] != shape.dims[d]) operands[k].strides[d] = 0;
    }
    operands[k].shape = shape;
  }
  ForEachDenseRun(args, operands, 3, true, f, context);
}

}  // namespace adze
