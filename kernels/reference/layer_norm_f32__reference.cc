// SPDX-License-Identifier: Apache-2.0
// Reference kernel of layer_norm.
#include "kernels/reference/erf_series.h"
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/layer_norm.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const double epsilon = ParamsOf<LayerNormParams>(args.params).epsilon;
  const Tensor& x = *args.in[0];
  if (!HasElements(x.shape)) return;
  const int last = x.shape.rank - 1;
  const int32_t n = x.shape.dims[last];
  Shape rows = x.shape;
  rows.dims[last] = 1;
  ElementIndex i;
  do {
    const auto value = [&](int32_t c) {
      i.at[last] = c;
      return static_cast<double>(*reinterpret_cast<float*>(ElementAt(x, i)));
    };
    double mean = 0;
    for (int32_t c = 0; c < n; ++c) mean += value(c) / n;
    double variance = 0;
    for (int32_t c = 0; c < n; ++c) variance += (value(c) - mean) * (value(c) - mean) / n;
    const double deviation = SqrtNewton(variance + epsilon);
    for (int32_t c = 0; c < n; ++c) {
      const double y = (value(c) - mean) / deviation * args.in[1]->as<float>()[c] + args.in[2]->as<float>()[c];
      *reinterpret_cast<float*>(ElementAt(*args.out[0], i)) = static_cast<float>(y);
    }
    i.at[last] = 0;
  } while (NextIndex(rows, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_layer_norm_f32__reference;
const Kernel adze_layer_norm_f32__reference = {Run};
}

}  // namespace adze
