// SPDX-License-Identifier: Apache-2.0
// scatter_elements for any reduction.
#include "kernels/contract/index.h"
#include "kernels/cpu/indexed/index_walk.h"
#include "kernels/cpu/indexed/scatter_walk.h"
#include "kernels/cpu/movement/strided_copy.h"

namespace adze {

void ScatterElements(const KernelArgs& args, int axis, RunFn apply, const void* context) {
  const Tensor& indices = *args.in[1];
  const Tensor& updates = *args.in[2];
  const Tensor& y = *args.out[0];
  CopyTensor(args, *args.in[0], y);
  Tensor line = y;  // axis stands still
  line.strides[axis] = 0;
  const int64_t dim = y.shape.dims[axis];
  const int64_t count = ElementCount(indices.shape);
  const int64_t strides[] = {0, 0};
  for (int64_t flat = 0; flat < count; ++flat) {
    const int64_t index = FromStart(StoredIndex(indices, OffsetOf(indices.shape, indices.strides, flat)), dim);
    if (index < 0 || index >= dim) continue;
    uint8_t* const at[] = {updates.data + OffsetOf(indices.shape, updates.strides, flat),
                           y.data + OffsetOf(indices.shape, line.strides, flat) + index * y.strides[axis]};
    apply(context, at, strides, 1);
  }
}

}  // namespace adze
