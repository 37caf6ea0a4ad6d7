// SPDX-License-Identifier: Apache-2.0
// Reference kernel of slice.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<SliceParams>(args.params);
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    ElementIndex from;
    for (int d = 0; d < y.shape.rank; ++d) from.at[d] = p.begin[d] + to.at[d] * p.step[d];
    CopyElement(y, to, *args.in[0], from);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_slice_any__reference;
const Kernel adze_slice_any__reference = {Run};
}

}  // namespace adze
