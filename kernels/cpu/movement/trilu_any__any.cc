// SPDX-License-Identifier: Apache-2.0
// trilu: y filled with zeros, then the part of each row that stays copied.
#include "kernels/contract/index.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/indexed/index_walk.h"
#include "kernels/cpu/movement/strided_copy.h"
#include "kernels/cpu/movement/strided_runs.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

constexpr uint8_t kZero[8] = {};

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<TriluParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  Tensor zero = y;
  zero.data = const_cast<uint8_t*>(kZero);
  for (int d = 0; d < y.shape.rank; ++d) zero.strides[d] = 0;
  CopyTensor(args, zero, y);
  const int last = x.shape.rank - 1;
  const int64_t columns = x.shape.dims[last];
  Shape rows = x.shape;
  rows.rank = last;
  ParallelFor(args, static_cast<size_t>(ElementCount(rows)), GrainOf(columns), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) {
      const auto flat = static_cast<int64_t>(begin);
      const int64_t edge = flat % rows.dims[last - 1] + params.k;
      const int64_t from = params.upper != 0 ? Clamped(edge, 0, columns) : 0;
      const int64_t to = params.upper != 0 ? columns : Clamped(edge + 1, 0, columns);
      CopyRun(y.data + OffsetOf(rows, y.strides, flat) + from * y.strides[last], y.strides[last],
              x.data + OffsetOf(rows, x.strides, flat) + from * x.strides[last], x.strides[last], DTypeBytes(y.dtype),
              static_cast<size_t>(to - from));
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_trilu_any__any;
const Kernel adze_trilu_any__any = {Run};
}

}  // namespace adze
