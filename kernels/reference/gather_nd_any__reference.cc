// SPDX-License-Identifier: Apache-2.0
// Reference kernel of gather_nd.
#include "kernels/contract/index.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/indexed.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const int batch = ParamsOf<GatherNdParams>(args.params).batch_dims;
  const Tensor& x = *args.in[0];
  const Tensor& indices = *args.in[1];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  const int last = indices.shape.rank - 1;
  const int depth = indices.shape.dims[last];
  ElementIndex to;
  do {
    ElementIndex which = to;
    ElementIndex from = to;  // for the batch dims
    for (int d = 0; d < depth; ++d) {
      which.at[last] = d;
      const int64_t dim = x.shape.dims[batch + d];
      const int64_t stored = StoredIndex(indices, ElementAt(indices, which) - indices.data);
      from.at[batch + d] = static_cast<int32_t>(Clamped(FromStart(stored, dim), 0, dim - 1));
    }
    for (int d = batch + depth; d < x.shape.rank; ++d) from.at[d] = to.at[last + d - batch - depth];
    CopyElement(y, to, x, from);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_gather_nd_any__reference;
const Kernel adze_gather_nd_any__reference = {Run};
}

}  // namespace adze
