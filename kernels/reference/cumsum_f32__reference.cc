// SPDX-License-Identifier: Apache-2.0
// Reference kernel of cumsum, float32.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/reduce.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<CumsumParams>(args.params);
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  const int32_t n = y.shape.dims[p.axis];
  ElementIndex to;
  do {
    double sum = 0;
    for (int32_t i = 0; i < n; ++i) {
      ElementIndex at = to;
      at.at[p.axis] = p.reverse != 0 ? n - 1 - i : i;
      const bool is_last = at.at[p.axis] == to.at[p.axis];
      if (!is_last || p.exclusive == 0) sum += static_cast<double>(*reinterpret_cast<const float*>(ElementAt(*args.in[0], at)));
      if (is_last) break;
    }
    *reinterpret_cast<float*>(ElementAt(y, to)) = static_cast<float>(sum);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_cumsum_f32__reference;
const Kernel adze_cumsum_f32__reference = {Run};
}

}  // namespace adze
