// SPDX-License-Identifier: Apache-2.0
// Maximum pooling of adjacent channels, over rectangles of output pixels.
#include "kernels/contract/maxpool.h"
#include "kernels/cpu/conv2d/rectangles.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/pool2d.h"

namespace adze {
namespace {

struct Pool {
  MaxpoolF32Run run;  // but for what a rectangle sets
  const MaxpoolF32Ukernel* ukernel;
};

void RunRectangle(const void* context, const Rectangle& r) {
  const auto& pool = *static_cast<const Pool*>(context);
  MaxpoolF32Run run = pool.run;
  run.rectangle = r;
  pool.ukernel->run(run);
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<Pool2dParams>(args.params);
  const Tensor& y = *args.out[0];
  const int32_t channels = y.dim(3);
  const Window window = {{p.kernel_h, p.kernel_w}, {p.stride_h, p.stride_w}, {1, 1}, {p.pad_top, p.pad_left}, {p.pad_bottom, p.pad_right}};
  auto* outside = reinterpret_cast<float*>(args.scratch);
  if (IsPadded(window)) {
    for (int32_t c = 0; c < channels; ++c) outside[c] = -__builtin_inff();
  }
  Pool pool = {};
  pool.ukernel = static_cast<const MaxpoolF32Ukernel*>(args.ukernels[0]);
  pool.run.channels = static_cast<size_t>(channels);
  pool.run.kernel_h = static_cast<size_t>(p.kernel_h);
  pool.run.kernel_w = static_cast<size_t>(p.kernel_w);
  pool.run.y_row_bytes = static_cast<size_t>(y.strides[1]);
  pool.run.y_pixel_bytes = static_cast<size_t>(y.strides[2]);
  pool.run.lo = p.clamp.lo;
  pool.run.hi = p.clamp.hi;
  ForEachRectangle(args, window, outside, KernelArea(window) * channels, RunRectangle, &pool);
}

}  // namespace

extern "C" {
extern const Kernel adze_pool2d_f32__any_max_rectangles;
const Kernel adze_pool2d_f32__any_max_rectangles = {Run};
}

}  // namespace adze
