// SPDX-License-Identifier: Apache-2.0
// gather_elements, element by element.
#include "kernels/contract/index.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/indexed/index_walk.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/indexed.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const int axis = ParamsOf<AxisParams>(args.params).axis;
  const Tensor& x = *args.in[0];
  const Tensor& indices = *args.in[1];
  const Tensor& y = *args.out[0];
  Tensor line = x;  // axis stands still
  line.strides[axis] = 0;
  const int64_t dim = x.shape.dims[axis];
  const size_t bytes = DTypeBytes(y.dtype);
  ParallelFor(args, static_cast<size_t>(ElementCount(y.shape)), GrainOf(16), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) {
      const auto flat = static_cast<int64_t>(begin);
      const int64_t stored = StoredIndex(indices, OffsetOf(y.shape, indices.strides, flat));
      const int64_t index = Clamped(FromStart(stored, dim), 0, dim - 1);
      CopyRun(y.data + OffsetOf(y.shape, y.strides, flat), 0, x.data + OffsetOf(y.shape, line.strides, flat) + index * x.strides[axis], 0,
              bytes, 1);
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_gather_elements_any__any;
const Kernel adze_gather_elements_any__any = {Run};
}

}  // namespace adze
