// SPDX-License-Identifier: Apache-2.0
// Reference kernel of softmax.
#include "kernels/reference/exp_series.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/softmax.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const double beta = ParamsOf<SoftmaxParams>(args.params).beta;
  const Tensor& x = *args.in[0];
  if (!HasElements(x.shape)) return;
  const int last = x.shape.rank - 1;
  Shape rows = x.shape;
  rows.dims[last] = 1;
  ElementIndex i;
  do {
    const auto value = [&](int32_t c) {
      i.at[last] = c;
      return static_cast<double>(*reinterpret_cast<float*>(ElementAt(x, i)));
    };
    double max = value(0);
    for (int32_t c = 1; c < x.shape.dims[last]; ++c) max = value(c) > max ? value(c) : max;
    double sum = 0;
    for (int32_t c = 0; c < x.shape.dims[last]; ++c) sum += ExpSeries(beta * (value(c) - max));
    for (int32_t c = 0; c < x.shape.dims[last]; ++c) {
      const double e = ExpSeries(beta * (value(c) - max));
      *reinterpret_cast<float*>(ElementAt(*args.out[0], i)) = static_cast<float>(e / sum);
    }
    i.at[last] = 0;
  } while (NextIndex(rows, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_softmax_f32__reference;
const Kernel adze_softmax_f32__reference = {Run};
}

}  // namespace adze
