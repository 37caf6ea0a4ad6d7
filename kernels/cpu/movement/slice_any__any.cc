// SPDX-License-Identifier: Apache-2.0
// slice: a copy from a smaller view of x.
#include "kernels/cpu/movement/strided_copy.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<SliceParams>(args.params);
  const Tensor& y = *args.out[0];
  Tensor from = *args.in[0];
  from.shape = y.shape;
  for (int d = 0; d < y.shape.rank; ++d) {
    from.data += params.begin[d] * from.strides[d];
    from.strides[d] *= params.step[d];
  }
  CopyTensor(args, from, y);
}

}  // namespace

extern "C" {
extern const Kernel adze_slice_any__any;
const Kernel adze_slice_any__any = {Run};
}

}  // namespace adze
