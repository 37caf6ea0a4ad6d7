// SPDX-License-Identifier: Apache-2.0
// Reference kernel of pad.
#include <cstring>

#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<PadParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    ElementIndex from;
    bool inside = true;
    for (int d = 0; d < y.shape.rank; ++d) {
      from.at[d] = to.at[d] - p.before[d];
      inside = inside && from.at[d] >= 0 && from.at[d] < x.shape.dims[d];
    }
    std::memcpy(ElementAt(y, to), inside ? ElementAt(x, from) : p.value, DTypeBytes(y.dtype));
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_pad_any__reference;
const Kernel adze_pad_any__reference = {Run};
}

}  // namespace adze
