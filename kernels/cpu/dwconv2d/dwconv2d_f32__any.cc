// SPDX-License-Identifier: Apache-2.0
// Depthwise conv2d, one filter per channel, over rectangles of output pixels.
#include "kernels/contract/dwconv.h"
#include "kernels/cpu/conv2d/rectangles.h"
#include "kernels/cpu/conv2d/window_walk.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

struct Depthwise {
  DwconvF32Run run;  // but for what a rectangle sets
  const DwconvF32Ukernel* ukernel;
};

void RunRectangle(const void* context, const Rectangle& r) {
  const auto& d = *static_cast<const Depthwise*>(context);
  DwconvF32Run run = d.run;
  run.rectangle = r;
  d.ukernel->run(run);
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<Conv2dParams>(args.params);
  const auto window = ParamsOf<Window>(args.params);
  const Tensor& y = *args.out[0];
  Depthwise d = {};
  d.ukernel = static_cast<const DwconvF32Ukernel*>(args.ukernels[0]);
  d.run.channels = static_cast<size_t>(p.channels_out);
  d.run.kernel_h = static_cast<size_t>(p.kernel_h);
  d.run.kernel_w = static_cast<size_t>(p.kernel_w);
  d.run.w = args.in[1]->as<const float>();
  d.run.bias = args.in[2]->as<const float>();
  d.run.y_row_bytes = static_cast<size_t>(y.strides[1]);
  d.run.y_pixel_bytes = static_cast<size_t>(y.strides[2]);
  d.run.lo = p.clamp.lo;
  d.run.hi = p.clamp.hi;
  const float* zeros = MakeZeros(p, p.channels_out, args.scratch);
  ForEachRectangle(args, window, zeros, KernelArea(window) * p.channels_out, RunRectangle, &d);
}

}  // namespace

extern "C" {
extern const Kernel adze_dwconv2d_f32__any;
const Kernel adze_dwconv2d_f32__any = {Run};
}

}  // namespace adze
