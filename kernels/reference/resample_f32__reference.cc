// SPDX-License-Identifier: Apache-2.0
// Reference kernel of resample.
#include "kernels/contract/index.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/resample.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const int axis = ParamsOf<ResampleParams>(args.params).axis;
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  const int32_t taps = args.in[2]->shape.dims[1];
  ElementIndex to;
  do {
    const int32_t i = to.at[axis];
    const Tensor& first = *args.in[1];
    const auto start = static_cast<int32_t>(Clamped(StoredIndex(first, i * first.strides[0]), 0, x.shape.dims[axis] - taps));
    double sum = 0;
    for (int32_t k = 0; k < taps; ++k) {
      ElementIndex from = to;
      from.at[axis] = start + k;
      const ElementIndex tap = {{i, k}};
      sum += static_cast<double>(*reinterpret_cast<float*>(ElementAt(*args.in[2], tap))) *
             static_cast<double>(*reinterpret_cast<float*>(ElementAt(x, from)));
    }
    *reinterpret_cast<float*>(ElementAt(y, to)) = static_cast<float>(sum);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_resample_f32__reference;
const Kernel adze_resample_f32__reference = {Run};
}

}  // namespace adze
