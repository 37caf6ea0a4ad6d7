// SPDX-License-Identifier: Apache-2.0
// Reference kernel of transpose.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<TransposeParams>(args.params);
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    ElementIndex from;
    for (int d = 0; d < y.shape.rank; ++d) from.at[p.perm[d]] = to.at[d];
    CopyElement(y, to, *args.in[0], from);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_transpose_any__reference;
const Kernel adze_transpose_any__reference = {Run};
}

}  // namespace adze
