// SPDX-License-Identifier: Apache-2.0
// transpose: a copy from x seen with its dims in another order.
#include "kernels/cpu/movement/strided_copy.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<TransposeParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  Tensor from = x;
  from.shape = y.shape;
  for (int d = 0; d < y.shape.rank; ++d) from.strides[d] = x.strides[params.perm[d]];
  CopyTensor(args, from, y);
}

}  // namespace

extern "C" {
extern const Kernel adze_transpose_any__any;
const Kernel adze_transpose_any__any = {Run};
}

}  // namespace adze
