// SPDX-License-Identifier: Apache-2.0
// Reference kernel of one_hot.
#include "kernels/contract/index.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/indexed.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<OneHotParams>(args.params);
  const Tensor& indices = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    ElementIndex which;
    for (int d = 0; d < indices.shape.rank; ++d) which.at[d] = to.at[d < p.axis ? d : d + 1];
    int64_t index = StoredIndex(indices, ElementAt(indices, which) - indices.data);
    if (p.wraps != 0) index = FromStart(index, y.shape.dims[p.axis]);
    ElementIndex value;
    value.at[0] = index == to.at[p.axis] ? 1 : 0;
    CopyElement(y, to, *args.in[1], value);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_one_hot_any__reference;
const Kernel adze_one_hot_any__reference = {Run};
}

}  // namespace adze
