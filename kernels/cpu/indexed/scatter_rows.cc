// SPDX-License-Identifier: Apache-2.0
// scatter_nd for any reduction.
#include "kernels/contract/index.h"
#include "kernels/cpu/indexed/index_walk.h"
#include "kernels/cpu/indexed/scatter_walk.h"
#include "kernels/cpu/movement/strided_copy.h"

namespace adze {

void ScatterRows(const KernelArgs& args, RunFn apply, const void* context) {
  const Tensor& indices = *args.in[1];
  const Tensor& updates = *args.in[2];
  const Tensor& y = *args.out[0];
  CopyTensor(args, *args.in[0], y);
  const int last = indices.shape.rank - 1;
  const int depth = indices.shape.dims[last];
  Shape rows = indices.shape;
  rows.rank = last;
  Tensor from = updates;
  Tensor to = y;
  from.shape.rank = 0;
  for (int d = depth; d < y.shape.rank; ++d) {
    const int i = from.shape.rank++;
    from.shape.dims[i] = y.shape.dims[d];
    from.strides[i] = updates.strides[last + i];
    to.strides[i] = y.strides[d];
  }
  to.shape = from.shape;
  const int64_t count = ElementCount(rows);
  for (int64_t flat = 0; flat < count; ++flat) {
    const int64_t row = OffsetOf(rows, indices.strides, flat);
    Tensor place = to;
    bool inside = true;
    for (int i = 0; i < depth; ++i) {
      const int64_t dim = y.shape.dims[i];
      const int64_t index = FromStart(StoredIndex(indices, row + i * indices.strides[last]), dim);
      inside = inside && index >= 0 && index < dim;
      place.data += inside ? index * y.strides[i] : 0;
    }
    if (!inside) continue;
    Tensor update = from;
    update.data += OffsetOf(rows, updates.strides, flat);
    ForEachRunHere(update, place, apply, context);
  }
}

}  // namespace adze
