// SPDX-License-Identifier: Apache-2.0
// Depthwise conv2d, one filter per channel: rows of output pixels in pieces that fit the buffer of row pointers.
#include "kernels/contract/dwconv.h"
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/conv2d/window_walk.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

// One output row, from pixel `first`, whose wo is 0.
void RunRow(const KernelArgs& args, const Conv2dParams& p, const float* zeros, Pixel first) {
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const float* a[kMaxPointers];
  const int64_t area = static_cast<int64_t>(p.kernel_h) * p.kernel_w;
  const int64_t most = kMaxPointers / area;
  DwconvF32Run run;
  run.channels = static_cast<size_t>(p.channels_out);
  run.ks = static_cast<size_t>(area);
  run.a = a;
  run.w = args.in[1]->as<const float>();
  run.bias = args.in[2]->as<const float>();
  run.y_pixel_bytes = static_cast<size_t>(y.strides[2]);
  run.lo = p.clamp.lo;
  run.hi = p.clamp.hi;
  while (first.wo < y.dim(2)) {
    run.y = reinterpret_cast<float*>(AddressOf(y, first));
    const int64_t left = y.dim(2) - first.wo;
    const int64_t pixels = left < most ? left : most;
    for (int64_t i = 0; i < pixels; ++i, ++first.wo) PointAtWindow(p, x, first, 1, x.data, zeros, a + i * area, 1);
    run.pixels = static_cast<size_t>(pixels);
    static_cast<const DwconvF32Ukernel*>(args.ukernels[0])->run(run);
  }
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<Conv2dParams>(args.params);
  const Tensor& y = *args.out[0];
  const float* zeros = MakeZeros(p, args.in[0]->dim(3), args.scratch);
  const int64_t row_work = static_cast<int64_t>(p.kernel_h) * p.kernel_w * p.channels_out * y.dim(2);
  const auto rows = static_cast<size_t>(static_cast<int64_t>(y.dim(0)) * y.dim(1));
  ParallelFor(args, rows, GrainOf(row_work), [&](size_t begin, size_t end) {
    for (size_t row = begin; row < end; ++row) {
      const auto r = static_cast<int64_t>(row);
      RunRow(args, p, zeros, {r / y.dim(1), r % y.dim(1), 0});
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_dwconv2d_f32__any;
const Kernel adze_dwconv2d_f32__any = {Run};
}

}  // namespace adze
