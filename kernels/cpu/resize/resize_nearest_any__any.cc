// SPDX-License-Identifier: Apache-2.0
// resize_nearest: runs of channels copied from the nearest source pixel.
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "kernels/cpu/movement/strided_runs.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/resize_nearest.h"

namespace adze {
namespace {

// A copied element against a multiply-add, of which a vector does many at once.
constexpr int64_t kWorkPerElement = 8;

// The source index of output index `i` along an axis of `size` input elements. No NaN or huge coordinate reaches the conversion.
int64_t Source(int32_t i, int32_t size, float scale, const ResizeNearestParams& p) {
  const auto at = static_cast<float>(i);
  float c = p.coordinate == Coordinate::kHalfPixel ? (at + 0.5f) / scale - 0.5f : at / scale;
  const bool prefer_floor = p.rounding == NearestRounding::kRoundPreferFloor;
  if (prefer_floor) c -= 0.5f;  // rounded up below: half goes down
  if (!(c > 0.0f)) return 0;
  if (c >= static_cast<float>(size)) return size - 1;
  auto source = static_cast<int64_t>(c);
  if (prefer_floor && static_cast<float>(source) < c) ++source;
  return source < size ? source : size - 1;
}

float Scale(float given, int32_t out, int32_t in) { return given != 0 ? given : static_cast<float>(out) / static_cast<float>(in); }

void Rows(const Tensor& x, const Tensor& y, const ResizeNearestParams& p, size_t begin, size_t end) {
  const auto height = static_cast<size_t>(y.shape.dims[1]);
  const float scale_h = Scale(p.scale_h, y.shape.dims[1], x.shape.dims[1]);
  const float scale_w = Scale(p.scale_w, y.shape.dims[2], x.shape.dims[2]);
  const size_t element_bytes = DTypeBytes(y.dtype);
  for (size_t row = begin; row < end; ++row) {
    const auto n = static_cast<int64_t>(row / height);
    const auto h = static_cast<int32_t>(row % height);
    const uint8_t* from = x.data + n * x.strides[0] + Source(h, x.shape.dims[1], scale_h, p) * x.strides[1];
    uint8_t* to = y.data + n * y.strides[0] + h * y.strides[1];
    for (int32_t w = 0; w < y.shape.dims[2]; ++w) {
      CopyRun(to, y.strides[3], from + Source(w, x.shape.dims[2], scale_w, p) * x.strides[2], x.strides[3], element_bytes,
              static_cast<size_t>(y.shape.dims[3]));
      to += y.strides[2];
    }
  }
}

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<ResizeNearestParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  const auto rows = static_cast<size_t>(int64_t{y.shape.dims[0]} * y.shape.dims[1]);
  const int64_t row_elements = int64_t{y.shape.dims[2]} * y.shape.dims[3];
  ParallelFor(args, rows, GrainOf(row_elements * kWorkPerElement), [&](size_t begin, size_t end) { Rows(x, y, params, begin, end); });
}

}  // namespace

extern "C" {
extern const Kernel adze_resize_nearest_any__any;
const Kernel adze_resize_nearest_any__any = {Run};
}

}  // namespace adze
