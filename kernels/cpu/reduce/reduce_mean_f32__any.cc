// SPDX-License-Identifier: Apache-2.0
// reduce_mean, one mean after the other, summed in float64. The means that models spend time in are pools (height and width) and layer_norm
// (the last dim), which passes recognize.
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/reduce_mean.h"

namespace adze {
namespace {

// The dims of x behind one mean, innermost first.
struct Box {
  int rank = 0;
  int64_t dims[kMaxRank];
  int64_t strides[kMaxRank];
  int64_t count = 1;
};

double SumOf(const Box& box, const uint8_t* at) {
  int64_t index[kMaxRank] = {};
  double sum = 0;
  for (int64_t left = box.count; left > 0; --left) {
    sum += *reinterpret_cast<const float*>(at);
    for (int d = 0; d < box.rank; ++d) {
      at += box.strides[d];
      if (++index[d] < box.dims[d]) break;
      at -= box.dims[d] * box.strides[d];
      index[d] = 0;
    }
  }
  return sum;
}

void Run(const KernelArgs& args) {
  const uint32_t axes = ParamsOf<ReduceMeanParams>(args.params).axes;
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  Box box;
  for (int d = x.shape.rank - 1; d >= 0; --d) {
    if ((axes >> d & 1) == 0) continue;
    box.dims[box.rank] = x.shape.dims[d];
    box.strides[box.rank++] = x.strides[d];
    box.count *= x.shape.dims[d];
  }
  ParallelFor(args, static_cast<size_t>(ElementCount(y.shape)), GrainOf(box.count), [&](size_t begin, size_t end) {
    for (; begin < end; ++begin) {
      auto rest = static_cast<int64_t>(begin);
      const uint8_t* from = x.data;
      uint8_t* to = y.data;
      for (int d = y.shape.rank - 1; d >= 0; --d) {
        const int64_t i = rest % y.shape.dims[d];
        rest /= y.shape.dims[d];
        from += i * x.strides[d];
        to += i * y.strides[d];
      }
      *reinterpret_cast<float*>(to) = static_cast<float>(SumOf(box, from) / static_cast<double>(box.count));
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_reduce_mean_f32__any;
const Kernel adze_reduce_mean_f32__any = {Run};
}

}  // namespace adze
