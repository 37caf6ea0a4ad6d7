// SPDX-License-Identifier: Apache-2.0
// conv_transpose2d as op-registry/ops/conv_transpose2d.h defines it, sums in float64.
#include "op-registry/ops/conv_transpose2d.h"

#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

// The element of the input that kernel position `k` brings to output `out`; false if there is none.
bool Source(int64_t out, int64_t pad, int64_t k, int64_t dilation, int64_t stride, int64_t size, int32_t* at) {
  const int64_t from = out + pad - k * dilation;
  if (from < 0 || from % stride != 0 || from / stride >= size) return false;
  *at = static_cast<int32_t>(from / stride);
  return true;
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<ConvTranspose2dParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  const int32_t group_in = x.dim(3) / p.groups, group_out = p.channels_out / p.groups;
  ElementIndex i;
  do {
    const int32_t o = i.at[3];
    double sum = args.n_in > 2 ? static_cast<double>(args.in[2]->as<const float>()[o]) : 0.0;
    ElementIndex from = {{i.at[0]}};
    ElementIndex weight = {{o}};
    for (int32_t kh = 0; kh < p.kernel_h; ++kh) {
      for (int32_t kw = 0; kw < p.kernel_w; ++kw) {
        if (!Source(i.at[1], p.pad_top, kh, p.dilation_h, p.stride_h, x.dim(1), &from.at[1])) continue;
        if (!Source(i.at[2], p.pad_left, kw, p.dilation_w, p.stride_w, x.dim(2), &from.at[2])) continue;
        weight.at[1] = kh;
        weight.at[2] = kw;
        for (int32_t c = 0; c < group_in; ++c) {
          from.at[3] = o / group_out * group_in + c;
          weight.at[3] = c;
          sum += static_cast<double>(*reinterpret_cast<float*>(ElementAt(x, from))) *
                 static_cast<double>(*reinterpret_cast<float*>(ElementAt(*args.in[1], weight)));
        }
      }
    }
    const auto v = static_cast<float>(sum);
    *reinterpret_cast<float*>(ElementAt(y, i)) = v < p.clamp.lo ? p.clamp.lo : v > p.clamp.hi ? p.clamp.hi : v;
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_conv_transpose2d_f32__reference;
const Kernel adze_conv_transpose2d_f32__reference = {Run};
}

}  // namespace adze
