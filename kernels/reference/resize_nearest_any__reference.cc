// SPDX-License-Identifier: Apache-2.0
// Reference kernel of resize_nearest.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/resize_nearest.h"

namespace adze {
namespace {

// Floor and ceiling without libm; the coordinates of images are far inside int32.
int32_t Floor(float v) {
  const auto i = static_cast<int32_t>(v);
  return static_cast<float>(i) > v ? i - 1 : i;
}

int32_t Source(int32_t i, int32_t out, int32_t in, float given, const ResizeNearestParams& p) {
  const float scale = given != 0 ? given : static_cast<float>(out) / static_cast<float>(in);
  const float coordinate =
      p.coordinate == Coordinate::kHalfPixel ? (static_cast<float>(i) + 0.5f) / scale - 0.5f : static_cast<float>(i) / scale;
  if (coordinate >= static_cast<float>(in)) return in - 1;
  const int32_t source = p.rounding == NearestRounding::kFloor ? Floor(coordinate) : -Floor(-(coordinate - 0.5f));
  return source < 0 ? 0 : source > in - 1 ? in - 1 : source;
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<ResizeNearestParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    ElementIndex from = to;
    from.at[1] = Source(to.at[1], y.shape.dims[1], x.shape.dims[1], p.scale_h, p);
    from.at[2] = Source(to.at[2], y.shape.dims[2], x.shape.dims[2], p.scale_w, p);
    CopyElement(y, to, x, from);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_resize_nearest_any__reference;
const Kernel adze_resize_nearest_any__reference = {Run};
}

}  // namespace adze
