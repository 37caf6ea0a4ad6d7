// SPDX-License-Identifier: Apache-2.0
// The reference of reductions: the elements behind one result, in row-major order.
#pragma once

#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/reduce.h"

namespace adze {

template <typename T, typename Acc, typename Join>
void ReduceInOrder(const KernelArgs& args, Acc start, const Join& join) {
  const uint32_t axes = ParamsOf<ReduceParams>(args.params).axes;
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  Shape box = x.shape;  // what stands behind one result
  for (int d = 0; d < box.rank; ++d) {
    if ((axes >> d & 1) == 0) box.dims[d] = 1;
  }
  ElementIndex i;
  do {
    Acc acc = start;
    ElementIndex inside;
    bool more = HasElements(box);
    while (more) {
      ElementIndex at = i;
      for (int d = 0; d < box.rank; ++d) at.at[d] += inside.at[d];
      acc = static_cast<Acc>(join(acc, *reinterpret_cast<const T*>(ElementAt(x, at))));
      more = NextIndex(box, &inside);
    }
    *reinterpret_cast<T*>(ElementAt(y, i)) = static_cast<T>(acc);
  } while (NextIndex(y.shape, &i));
}

}  // namespace adze
