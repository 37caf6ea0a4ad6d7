// SPDX-License-Identifier: Apache-2.0
// resample: one weighted sum after the other, for any strides. Cubic and antialiased resizes are rare, and few elements of a model.
#include "kernels/contract/index.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/resample.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const int axis = ParamsOf<ResampleParams>(args.params).axis;
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const Tensor& first = *args.in[1];
  const Tensor& weights = *args.in[2];
  const int32_t taps = weights.shape.dims[1];
  const int32_t last_start = x.shape.dims[axis] - taps;
  const int64_t step = x.strides[axis];
  ParallelFor(args, static_cast<size_t>(ElementCount(y.shape)), GrainOf(int64_t{2} * taps + 8), [&](size_t begin, size_t end) {
    for (size_t element = begin; element < end; ++element) {
      const uint8_t* from = x.data;
      uint8_t* to = y.data;
      const uint8_t* weight = weights.data;
      auto rest = static_cast<int64_t>(element);
      for (int d = y.shape.rank - 1; d >= 0; --d) {
        const int64_t i = rest % y.shape.dims[d];
        rest /= y.shape.dims[d];
        to += i * y.strides[d];
        from += (d == axis ? Clamped(StoredIndex(first, i * first.strides[0]), 0, last_start) : i) * x.strides[d];
        if (d == axis) weight = weights.data + i * weights.strides[0];
      }
      float sum = 0;
      for (int32_t k = 0; k < taps; ++k, from += step, weight += weights.strides[1])
        sum += *reinterpret_cast<const float*>(weight) * *reinterpret_cast<const float*>(from);
      *reinterpret_cast<float*>(to) = sum;
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_resample_f32__any;
const Kernel adze_resample_f32__any = {Run};
}

}  // namespace adze
