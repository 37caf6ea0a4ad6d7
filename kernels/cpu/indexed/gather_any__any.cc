// SPDX-License-Identifier: Apache-2.0
// gather: for each index a copy of the dims that it does not name.
#include "kernels/contract/index.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/indexed/index_walk.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/indexed.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<GatherParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& indices = *args.in[1];
  const Tensor& y = *args.out[0];
  const int batch = params.batch_dims;
  const int more = indices.shape.rank - batch - 1;  // dims that y has more than x behind axis
  // What one index moves, and where it stands in x and y.
  Tensor from = x;
  Tensor to = y;
  from.shape.rank = 0;
  for (int d = batch; d < x.shape.rank; ++d) {
    if (d == params.axis) continue;
    const int i = from.shape.rank++;
    from.shape.dims[i] = x.shape.dims[d];
    from.strides[i] = x.strides[d];
    to.strides[i] = y.strides[d < params.axis ? d : d + more];
  }
  to.shape = from.shape;
  int64_t x_strides[kMaxRank] = {};
  int64_t y_strides[kMaxRank] = {};
  for (int d = 0; d < indices.shape.rank; ++d) {
    x_strides[d] = d < batch ? x.strides[d] : 0;
    y_strides[d] = y.strides[d < batch ? d : params.axis + d - batch];
  }
  const int64_t dim = x.shape.dims[params.axis];
  const auto count = static_cast<size_t>(ElementCount(y.shape) == 0 ? 0 : ElementCount(indices.shape));
  ParallelFor(args, count, GrainOf(ElementCount(from.shape)), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) {
      const auto flat = static_cast<int64_t>(begin);
      const int64_t stored = StoredIndex(indices, OffsetOf(indices.shape, indices.strides, flat));
      const int64_t index = Clamped(FromStart(stored, dim), 0, dim - 1);
      Tensor part = from;
      part.data += OffsetOf(indices.shape, x_strides, flat) + index * x.strides[params.axis];
      Tensor place = to;
      place.data += OffsetOf(indices.shape, y_strides, flat);
      CopyHere(part, place);
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_gather_any__any;
const Kernel adze_gather_any__any = {Run};
}

}  // namespace adze
