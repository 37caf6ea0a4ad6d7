// SPDX-License-Identifier: Apache-2.0
// one_hot: y filled with off, then one element for each index.
#include "kernels/contract/index.h"
#include "kernels/cpu/indexed/index_walk.h"
#include "kernels/cpu/movement/strided_copy.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/indexed.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<OneHotParams>(args.params);
  const Tensor& indices = *args.in[0];
  const Tensor& values = *args.in[1];
  const Tensor& y = *args.out[0];
  Tensor off = y;
  off.data = values.data;
  for (int d = 0; d < y.shape.rank; ++d) off.strides[d] = 0;
  CopyTensor(args, off, y);
  int64_t strides[kMaxRank] = {};  // of y at the dims of indices
  for (int d = 0; d < indices.shape.rank; ++d) strides[d] = y.strides[d < params.axis ? d : d + 1];
  const int64_t depth = y.shape.dims[params.axis];
  const int64_t count = ElementCount(indices.shape);
  for (int64_t flat = 0; flat < count; ++flat) {
    const int64_t stored = StoredIndex(indices, OffsetOf(indices.shape, indices.strides, flat));
    const int64_t index = params.wraps != 0 ? FromStart(stored, depth) : stored;
    if (index < 0 || index >= depth) continue;
    CopyRun(y.data + OffsetOf(indices.shape, strides, flat) + index * y.strides[params.axis], 0, values.data + values.strides[0], 0,
            DTypeBytes(y.dtype), 1);
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_one_hot_any__any;
const Kernel adze_one_hot_any__any = {Run};
}

}  // namespace adze
