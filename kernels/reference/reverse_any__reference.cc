// SPDX-License-Identifier: Apache-2.0
// Reference kernel of reverse.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const uint32_t axes = ParamsOf<ReverseParams>(args.params).axes;
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    ElementIndex from = to;
    for (int d = 0; d < y.shape.rank; ++d) {
      if ((axes >> d & 1) != 0) from.at[d] = y.shape.dims[d] - 1 - to.at[d];
    }
    CopyElement(y, to, *args.in[0], from);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_reverse_any__reference;
const Kernel adze_reverse_any__reference = {Run};
}

}  // namespace adze
