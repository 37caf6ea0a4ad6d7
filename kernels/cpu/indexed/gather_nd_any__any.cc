// SPDX-License-Identifier: Apache-2.0
// gather_nd: for each row of coordinates a copy of the dims that it does not name.
#include "kernels/contract/index.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/indexed/index_walk.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/indexed.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const int batch = ParamsOf<GatherNdParams>(args.params).batch_dims;
  const Tensor& x = *args.in[0];
  const Tensor& indices = *args.in[1];
  const Tensor& y = *args.out[0];
  const int last = indices.shape.rank - 1;
  const int depth = indices.shape.dims[last];
  Shape rows = indices.shape;
  rows.rank = last;
  Tensor from = x;
  Tensor to = y;
  from.shape.rank = 0;
  for (int d = batch + depth; d < x.shape.rank; ++d) {
    const int i = from.shape.rank++;
    from.shape.dims[i] = x.shape.dims[d];
    from.strides[i] = x.strides[d];
    to.strides[i] = y.strides[last + i];
  }
  to.shape = from.shape;
  int64_t x_strides[kMaxRank] = {};
  for (int d = 0; d < batch; ++d) x_strides[d] = x.strides[d];
  const auto count = static_cast<size_t>(ElementCount(y.shape) == 0 ? 0 : ElementCount(rows));
  ParallelFor(args, count, GrainOf(ElementCount(from.shape)), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) {
      const auto flat = static_cast<int64_t>(begin);
      const int64_t row = OffsetOf(rows, indices.strides, flat);
      Tensor part = from;
      part.data += OffsetOf(rows, x_strides, flat);
      for (int i = 0; i < depth; ++i) {
        const int64_t dim = x.shape.dims[batch + i];
        const int64_t stored = StoredIndex(indices, row + i * indices.strides[last]);
        part.data += Clamped(FromStart(stored, dim), 0, dim - 1) * x.strides[batch + i];
      }
      Tensor place = to;
      place.data += OffsetOf(rows, y.strides, flat);
      CopyHere(part, place);
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_gather_nd_any__any;
const Kernel adze_gather_nd_any__any = {Run};
}

}  // namespace adze
