// SPDX-License-Identifier: Apache-2.0
// float32 fully_connected as op-registry/ops/fully_connected.h defines it: any strides, weights as stored or in panels.
#include "op-registry/ops/fully_connected.h"

#include "kernels/contract/kernel.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

float Weight(const FullyConnectedParams& p, const Tensor& w, int64_t n, int64_t k, int64_t depth) {
  const auto* data = w.as<const float>();
  if (p.packing == Packing::kNone) return data[n * depth + k];
  return data[(n / kPanelColumns * depth + k) * kPanelColumns + n % kPanelColumns];
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<FullyConnectedParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  for (int64_t m = 0; m < y.dim(0); ++m) {
    for (int64_t n = 0; n < y.dim(1); ++n) {
      float v = args.n_in == 3 ? args.in[2]->as<const float>()[n] : 0;
      for (int64_t k = 0; k < x.dim(1); ++k) {
        v += *reinterpret_cast<const float*>(x.data + m * x.strides[0] + k * x.strides[1]) * Weight(p, *args.in[1], n, k, x.dim(1));
      }
      v = v < p.clamp.lo ? p.clamp.lo : v > p.clamp.hi ? p.clamp.hi : v;
      *reinterpret_cast<float*>(y.data + m * y.strides[0] + n * y.strides[1]) = v;
    }
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_fully_connected_f32__reference;
const Kernel adze_fully_connected_f32__reference = {Run};
}

}  // namespace adze
