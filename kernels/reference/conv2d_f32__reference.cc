// SPDX-License-Identifier: Apache-2.0
// conv2d as op-registry/ops/conv2d.h defines it: any strides, any groups, weights as stored or packed either way.
#include "op-registry/ops/conv2d.h"

#include "kernels/contract/kernel.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

float At(const Tensor& t, int64_t n, int64_t h, int64_t w, int64_t c) {
  return *reinterpret_cast<const float*>(t.data + n * t.strides[0] + h * t.strides[1] + w * t.strides[2] + c * t.strides[3]);
}

// Weight of output channel `o` at kernel position (kh, kw) for channel `c` of its group's `group_in`.
float Weight(const Conv2dParams& p, const Tensor& w, int64_t o, int64_t kh, int64_t kw, int64_t c, int64_t group_in) {
  const auto* data = w.as<const float>();
  const int64_t area = static_cast<int64_t>(p.kernel_h) * p.kernel_w;
  const int64_t s = kh * p.kernel_w + kw;
  if (p.packing == Packing::kDepthwise16) return data[s * w.dim(1) + o];
  if (p.packing == Packing::kNone) return data[(o * area + s) * group_in + c];
  const int64_t group_out = p.channels_out / p.groups;
  const int64_t panel = o / group_out * w.dim(1) + o % group_out / kPanelColumns;
  const int64_t k = p.packing == Packing::kPanels16 ? s * group_in + c : (kh * group_in + c) * p.kernel_w + kw;
  return data[(panel * area * group_in + k) * kPanelColumns + o % group_out % kPanelColumns];
}

// The sum for one output before residual and clamp.
float Sum(const Conv2dParams& p, const Tensor& x, const Tensor& w, float sum, int64_t n, int64_t ho, int64_t wo, int64_t o) {
  const int64_t group_in = x.dim(3) / p.groups;
  const int64_t first = o / (p.channels_out / p.groups) * group_in;
  for (int64_t kh = 0; kh < p.kernel_h; ++kh) {
    for (int64_t kw = 0; kw < p.kernel_w; ++kw) {
      const int64_t h = ho * p.stride_h - p.pad_top + kh * p.dilation_h;
      const int64_t v = wo * p.stride_w - p.pad_left + kw * p.dilation_w;
      if (h < 0 || h >= x.dim(1) || v < 0 || v >= x.dim(2)) continue;
      for (int64_t c = 0; c < group_in; ++c) {
        sum += At(x, n, h, v, first + c) * Weight(p, w, o, kh, kw, c, group_in);
      }
    }
  }
  return sum;
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<Conv2dParams>(args.params);
  const Tensor& y = *args.out[0];
  const Tensor* bias = args.n_in - p.has_residual > 2 ? args.in[2] : nullptr;
  for (int64_t n = 0; n < y.dim(0); ++n) {
    for (int64_t h = 0; h < y.dim(1); ++h) {
      for (int64_t w = 0; w < y.dim(2); ++w) {
        for (int64_t o = 0; o < y.dim(3); ++o) {
          float v = Sum(p, *args.in[0], *args.in[1], bias != nullptr ? bias->as<const float>()[o] : 0, n, h, w, o);
          if (p.has_residual != 0 && o < args.in[args.n_in - 1]->dim(3)) v += At(*args.in[args.n_in - 1], n, h, w, o);
          v = v < p.clamp.lo ? p.clamp.lo : v > p.clamp.hi ? p.clamp.hi : v;
          uint8_t* at = y.data + n * y.strides[0] + h * y.strides[1] + w * y.strides[2] + o * y.strides[3];
          *reinterpret_cast<float*>(at) = v;
        }
      }
    }
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_conv2d_f32__reference;
const Kernel adze_conv2d_f32__reference = {Run};
}

}  // namespace adze
