// SPDX-License-Identifier: Apache-2.0
// The reference of running sums: each summed anew from its start. Integers are summed unsigned: they wrap.
#pragma once

#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/reduce.h"

namespace adze {

template <typename T, typename Acc>
void CumsumAnew(const KernelArgs& args) {
  const auto p = ParamsOf<CumsumParams>(args.params);
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  const int32_t n = y.shape.dims[p.axis];
  ElementIndex to;
  do {
    Acc sum = 0;
    for (int32_t i = 0; i < n; ++i) {
      ElementIndex at = to;
      at.at[p.axis] = p.reverse != 0 ? n - 1 - i : i;
      const bool is_last = at.at[p.axis] == to.at[p.axis];
      if (!is_last || p.exclusive == 0) sum += static_cast<Acc>(*reinterpret_cast<const T*>(ElementAt(*args.in[0], at)));
      if (is_last) break;
    }
    *reinterpret_cast<T*>(ElementAt(y, to)) = static_cast<T>(sum);
  } while (NextIndex(y.shape, &to));
}

}  // namespace adze
