// SPDX-License-Identifier: Apache-2.0
// Reference kernel of matmul.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/matmul.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const bool heads_inside = ParamsOf<MatMulParams>(args.params).heads_inside != 0;
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  const int last = y.shape.rank - 1;
  const int32_t k = args.in[0]->shape.dims[last];
  ElementIndex i;
  do {
    ElementIndex a = i;
    if (heads_inside) {
      a.at[last - 2] = i.at[last - 1];
      a.at[last - 1] = i.at[last - 2];
    }
    ElementIndex b = a;
    float sum = 0;
    for (int32_t s = 0; s < k; ++s) {
      a.at[last] = s;
      b.at[last - 1] = s;
      sum += *reinterpret_cast<float*>(ElementAt(*args.in[0], a)) * *reinterpret_cast<float*>(ElementAt(*args.in[1], b));
    }
    *reinterpret_cast<float*>(ElementAt(y, i)) = sum;
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_matmul_f32__reference;
const Kernel adze_matmul_f32__reference = {Run};
}

}  // namespace adze
