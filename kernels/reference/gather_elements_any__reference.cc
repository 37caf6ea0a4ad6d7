// SPDX-License-Identifier: Apache-2.0
// Reference kernel of gather_elements.
#include "kernels/contract/index.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/indexed.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const int axis = ParamsOf<AxisParams>(args.params).axis;
  const Tensor& x = *args.in[0];
  const Tensor& indices = *args.in[1];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    ElementIndex from = to;
    const int64_t dim = x.shape.dims[axis];
    const int64_t stored = StoredIndex(indices, ElementAt(indices, to) - indices.data);
    from.at[axis] = static_cast<int32_t>(Clamped(FromStart(stored, dim), 0, dim - 1));
    CopyElement(y, to, x, from);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_gather_elements_any__reference;
const Kernel adze_gather_elements_any__reference = {Run};
}

}  // namespace adze
