// SPDX-License-Identifier: Apache-2.0
// Reference kernel of reduce_mean.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/reduce_mean.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const uint32_t axes = ParamsOf<ReduceMeanParams>(args.params).axes;
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  Shape box = x.shape;  // what stands behind one mean
  for (int d = 0; d < box.rank; ++d) {
    if ((axes >> d & 1) == 0) box.dims[d] = 1;
  }
  ElementIndex i;
  do {
    ElementIndex inside;
    double sum = 0;
    do {
      ElementIndex at = i;
      for (int d = 0; d < box.rank; ++d) at.at[d] += inside.at[d];
      sum += *reinterpret_cast<float*>(ElementAt(x, at));
    } while (NextIndex(box, &inside));
    *reinterpret_cast<float*>(ElementAt(y, i)) = static_cast<float>(sum / static_cast<double>(ElementCount(box)));
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_reduce_mean_f32__reference;
const Kernel adze_reduce_mean_f32__reference = {Run};
}

}  // namespace adze
