// SPDX-License-Identifier: Apache-2.0
// reverse_sequence: two copies a batch, the first from x seen through a negative stride.
#include "kernels/contract/index.h"
#include "kernels/cpu/movement/strided_copy.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<ReverseSequenceParams>(args.params);
  const int time = params.time_axis;
  const Tensor& lengths = *args.in[1];
  Tensor from = *args.in[0];
  Tensor to = *args.out[0];
  const int32_t steps = from.shape.dims[time];
  const int32_t batches = from.shape.dims[params.batch_axis];
  from.shape.dims[params.batch_axis] = 1;
  for (int32_t b = 0; b < batches; ++b) {
    const auto length = static_cast<int32_t>(Clamped(StoredIndex(lengths, b * lengths.strides[0]), 0, steps));
    Tensor x = from;
    x.shape.dims[time] = steps - length;
    x.data += length * x.strides[time];
    Tensor y = to;
    y.shape = x.shape;
    y.data += length * y.strides[time];
    CopyTensor(args, x, y);
    x.shape.dims[time] = length;
    x.data -= x.strides[time];
    x.strides[time] = -x.strides[time];
    y.shape = x.shape;
    y.data = to.data;
    CopyTensor(args, x, y);
    from.data += from.strides[params.batch_axis];
    to.data += to.strides[params.batch_axis];
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_reverse_sequence_any__any;
const Kernel adze_reverse_sequence_any__any = {Run};
}

}  // namespace adze
