// SPDX-License-Identifier: Apache-2.0
// The walk over rows.
#include "kernels/cpu/normalize/row_walk.h"

#include "kernels/contract/split.h"

namespace adze {
namespace {

uint8_t* RowAt(const Tensor& t, size_t row) {
  uint8_t* at = t.data;
  for (int d = t.shape.rank - 2; d >= 0; --d) {
    const auto dim = static_cast<size_t>(t.shape.dims[d]);
    at += static_cast<int64_t>(row % dim) * t.strides[d];
    row /= dim;
  }
  return at;
}

}  // namespace

void ForEachRow(const KernelArgs& args, const Tensor& x, const Tensor& y, int64_t work, PairOfRowsFn f, const void* context) {
  size_t rows = 1;
  for (int d = 0; d < x.shape.rank - 1; ++d) rows *= static_cast<size_t>(x.shape.dims[d]);
  ParallelFor(args, rows, GrainOf(work), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) f(context, RowAt(x, begin), RowAt(y, begin));
  });
}

}  // namespace adze
