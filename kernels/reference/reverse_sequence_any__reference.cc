// SPDX-License-Identifier: Apache-2.0
// Reference kernel of reverse_sequence.
#include "kernels/contract/index.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<ReverseSequenceParams>(args.params);
  const Tensor& lengths = *args.in[1];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    ElementIndex from = to;
    const int64_t stored = StoredIndex(lengths, to.at[p.batch_axis] * lengths.strides[0]);
    const int64_t length = stored > y.shape.dims[p.time_axis] ? y.shape.dims[p.time_axis] : stored;
    if (to.at[p.time_axis] < length) from.at[p.time_axis] = static_cast<int32_t>(length) - 1 - to.at[p.time_axis];
    CopyElement(y, to, *args.in[0], from);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_reverse_sequence_any__reference;
const Kernel adze_reverse_sequence_any__reference = {Run};
}

}  // namespace adze
