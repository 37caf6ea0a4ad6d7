// SPDX-License-Identifier: Apache-2.0
// Reference kernel of pool2d.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/pool2d.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<Pool2dParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    double sum = 0;
    float max = -__builtin_inff();
    int64_t count = 0;
    for (int32_t kh = 0; kh < p.kernel_h; ++kh) {
      for (int32_t kw = 0; kw < p.kernel_w; ++kw) {
        const int64_t h = int64_t{i.at[1]} * p.stride_h + kh - p.pad_top;
        const int64_t w = int64_t{i.at[2]} * p.stride_w + kw - p.pad_left;
        if (h < 0 || h >= x.shape.dims[1] || w < 0 || w >= x.shape.dims[2]) continue;
        const ElementIndex tap = {{i.at[0], static_cast<int32_t>(h), static_cast<int32_t>(w), i.at[3]}};
        const float v = *reinterpret_cast<float*>(ElementAt(x, tap));
        sum += v;
        max = v > max || v != v ? v : max;
        ++count;
      }
    }
    if (p.count_include_pad) count = int64_t{p.kernel_h} * p.kernel_w;
    const float v = p.kind == PoolKind::kMax ? max : static_cast<float>(sum / static_cast<double>(count));
    *reinterpret_cast<float*>(ElementAt(y, i)) = v < p.clamp.lo ? p.clamp.lo : v > p.clamp.hi ? p.clamp.hi : v;
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_pool2d_f32__reference;
const Kernel adze_pool2d_f32__reference = {Run};
}

}  // namespace adze
