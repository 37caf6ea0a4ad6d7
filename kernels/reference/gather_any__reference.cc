// SPDX-License-Identifier: Apache-2.0
// Reference kernel of gather.
#include "kernels/contract/index.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/indexed.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<GatherParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& indices = *args.in[1];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  const int index_dims = indices.shape.rank - p.batch_dims;
  ElementIndex to;
  do {
    ElementIndex which;
    for (int d = 0; d < p.batch_dims; ++d) which.at[d] = to.at[d];
    for (int d = 0; d < index_dims; ++d) which.at[p.batch_dims + d] = to.at[p.axis + d];
    const int64_t dim = x.shape.dims[p.axis];
    const int64_t stored = StoredIndex(indices, ElementAt(indices, which) - indices.data);
    ElementIndex from;
    for (int d = 0; d < x.shape.rank; ++d) from.at[d] = to.at[d <= p.axis ? d : d + index_dims - 1];
    from.at[p.axis] = static_cast<int32_t>(Clamped(FromStart(stored, dim), 0, dim - 1));
    CopyElement(y, to, x, from);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_gather_any__reference;
const Kernel adze_gather_any__reference = {Run};
}

}  // namespace adze
