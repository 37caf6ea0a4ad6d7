// SPDX-License-Identifier: Apache-2.0
// The loop of all reductions but reduce_mean.
#include "kernels/cpu/reduce/reduce_walk.h"

#include "kernels/contract/split.h"
#include "kernels/cpu/indexed/index_walk.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/reduce.h"

namespace adze {

void ReduceDims(const KernelArgs& args, const ReduceFold& f) {
  const uint32_t axes = ParamsOf<ReduceParams>(args.params).axes;
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  // The dims of x behind one result but the innermost, which is the run.
  Shape box;
  int64_t box_strides[kMaxRank] = {};
  int64_t run = 1;
  int64_t run_stride = 0;
  for (int d = 0; d < x.shape.rank; ++d) {
    if ((axes >> d & 1) == 0) continue;
    if (run_stride != 0) {
      box.dims[box.rank] = static_cast<int32_t>(run);
      box_strides[box.rank++] = run_stride;
    }
    run = x.shape.dims[d];
    run_stride = x.strides[d];
  }
  const int64_t runs = run == 0 ? 0 : ElementCount(box);
  ParallelFor(args, static_cast<size_t>(ElementCount(y.shape)), GrainOf(runs * run), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) {
      const auto flat = static_cast<int64_t>(begin);
      const uint8_t* from = x.data + OffsetOf(y.shape, x.strides, flat);
      uint64_t acc = 0;
      f.start(&acc);
      for (int64_t i = 0; i < runs; ++i) f.fold(&acc, from + OffsetOf(box, box_strides, i), run_stride, static_cast<size_t>(run));
      f.store(&acc, y.data + OffsetOf(y.shape, y.strides, flat));
    }
  });
}

}  // namespace adze
