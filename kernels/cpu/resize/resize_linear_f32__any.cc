// SPDX-License-Identifier: Apache-2.0
// resize_linear: where the columns lie is computed once into scratch, where a row lies when it is due.
#include "kernels/contract/kernel.h"
#include "kernels/contract/resize.h"
#include "kernels/contract/split.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/resize_linear.h"

namespace adze {
namespace {

LinearTap TapAt(int64_t i, double step, double offset, int32_t size) {
  double at = static_cast<double>(i) * step + offset;
  const double last = size - 1;
  at = at < 0 ? 0 : at > last ? last : at;
  const auto low = static_cast<int32_t>(at);
  return {low, low + (low < size - 1 ? 1 : 0), static_cast<float>(at - low)};
}

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<ResizeLinearParams>(args.params);
  const auto* ukernel = static_cast<const ResizeLinearF32Ukernel*>(args.ukernels[0]);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const int64_t height = y.shape.dims[1];
  const int32_t width = y.shape.dims[2];
  const int32_t channels = y.shape.dims[3];
  auto* taps = reinterpret_cast<LinearTap*>(args.scratch);
  for (int32_t i = 0; i < width; ++i) taps[i] = TapAt(i, params.step_w, params.offset_w, x.shape.dims[2]);
  const auto rows = static_cast<size_t>(y.shape.dims[0] * height);
  ParallelFor(args, rows, GrainOf(int64_t{6} * width * channels), [&](size_t begin, size_t end) {
    for (auto row = static_cast<int64_t>(begin); row < static_cast<int64_t>(end); ++row) {
      const int64_t n = row / height;
      const int64_t h = row % height;
      const LinearTap tap = TapAt(h, params.step_h, params.offset_h, x.shape.dims[1]);
      const uint8_t* image = x.data + n * x.strides[0];
      ukernel->run({static_cast<size_t>(width), static_cast<size_t>(channels), taps, image + tap.low * x.strides[1],
                    image + tap.high * x.strides[1], x.strides[2], tap.weight, y.data + n * y.strides[0] + h * y.strides[1], y.strides[2]});
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_resize_linear_f32__any;
const Kernel adze_resize_linear_f32__any = {Run};
}

}  // namespace adze
