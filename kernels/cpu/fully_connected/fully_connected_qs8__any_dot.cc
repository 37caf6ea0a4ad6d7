// SPDX-License-Identifier: Apache-2.0
// int8 fully_connected over dot_qs8: one dot product per output. Weights stay as the model holds them, [N, K].
#include "kernels/contract/dot.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/rescale.h"
#include "kernels/contract/split.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

// All rows of the output columns [begin, end).
void RunColumns(const KernelArgs& args, const FullyConnectedParams& p, int64_t begin, int64_t end) {
  const auto& dot = *static_cast<const DotQs8Ukernel*>(args.ukernels[0]);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const int64_t k = x.dim(1);
  const auto* bias = args.n_in == 3 ? args.in[2]->as<const int32_t>() : nullptr;
  const double multiplier = MultiplierF64(p);
  for (int64_t n = begin; n < end; ++n) {
    for (int64_t m = 0; m < x.dim(0); ++m) {
      DotQs8Run run;
      run.n = static_cast<size_t>(k);
      run.x = reinterpret_cast<const int8_t*>(x.data + m * x.strides[0]);
      run.w = args.in[1]->as<const int8_t>() + n * k;
      run.x_zero_point = p.x_zero_point;
      run.w_zero_point = p.w_zero_point;
      const uint32_t acc = dot.run(run) + (bias != nullptr ? static_cast<uint32_t>(bias[n]) : 0);
      reinterpret_cast<int8_t*>(y.data + m * y.strides[0])[n] = RescaleF64Away(static_cast<int32_t>(acc), multiplier, p);
    }
  }
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<FullyConnectedParams>(args.params);
  const int64_t work = static_cast<int64_t>(args.in[0]->dim(0)) * args.in[0]->dim(1);
  ParallelFor(args, static_cast<size_t>(p.channels_out), GrainOf(work / 4),  // int8 products are about four times as fast
              [&](size_t begin, size_t end) { RunColumns(args, p, static_cast<int64_t>(begin), static_cast<int64_t>(end)); });
}

}  // namespace

extern "C" {
extern const Kernel adze_fully_connected_qs8__any_dot;
const Kernel adze_fully_connected_qs8__any_dot = {Run};
}

}  // namespace adze
