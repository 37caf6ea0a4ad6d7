// SPDX-License-Identifier: Apache-2.0
// reverse: a copy from x seen through negative strides.
#include "kernels/cpu/movement/strided_copy.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const uint32_t axes = ParamsOf<ReverseParams>(args.params).axes;
  Tensor from = *args.in[0];
  for (int d = 0; d < from.shape.rank; ++d) {
    if ((axes >> d & 1) == 0 || from.shape.dims[d] == 0) continue;
    from.data += (from.shape.dims[d] - 1) * from.strides[d];
    from.strides[d] = -from.strides[d];
  }
  CopyTensor(args, from, *args.out[0]);
}

}  // namespace

extern "C" {
extern const Kernel adze_reverse_any__any;
const Kernel adze_reverse_any__any = {Run};
}

}  // namespace adze
