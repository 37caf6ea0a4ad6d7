// SPDX-License-Identifier: Apache-2.0
// Reference kernel of concat.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const int axis = ParamsOf<ConcatParams>(args.params).axis;
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    ElementIndex from = to;
    int input = 0;
    while (from.at[axis] >= args.in[input]->shape.dims[axis]) from.at[axis] -= args.in[input++]->shape.dims[axis];
    CopyElement(y, to, *args.in[input], from);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_concat_any__reference;
const Kernel adze_concat_any__reference = {Run};
}

}  // namespace adze
