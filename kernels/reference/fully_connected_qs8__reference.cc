// SPDX-License-Identifier: Apache-2.0
// int8 fully_connected as op-registry/ops/fully_connected.h defines it: any strides.
#include "kernels/contract/kernel.h"
#include "kernels/contract/rescale.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<FullyConnectedParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const int64_t depth = x.dim(1);
  for (int64_t m = 0; m < y.dim(0); ++m) {
    for (int64_t n = 0; n < y.dim(1); ++n) {
      uint32_t acc = args.n_in == 3 ? static_cast<uint32_t>(args.in[2]->as<const int32_t>()[n]) : 0;
      for (int64_t k = 0; k < depth; ++k) {
        const int32_t a = *reinterpret_cast<const int8_t*>(x.data + m * x.strides[0] + k * x.strides[1]) - p.x_zero_point;
        const int32_t b = args.in[1]->as<const int8_t>()[n * depth + k] - p.w_zero_point;
        acc += static_cast<uint32_t>(a * b);
      }
      *reinterpret_cast<int8_t*>(y.data + m * y.strides[0] + n * y.strides[1]) =
          RescaleF64Away(static_cast<int32_t>(acc), MultiplierF64(p), p);
    }
  }
}

}  // namespace

extern "C" {
extern const Kernel adze_fully_connected_qs8__reference;
const Kernel adze_fully_connected_qs8__reference = {Run};
}

}  // namespace adze
