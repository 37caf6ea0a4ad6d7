// SPDX-License-Identifier: Apache-2.0
// Reference kernel of grid_sample.
#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/grid_sample.h"

namespace adze {
namespace {

double Reflect(double v, double lo, double hi) {
  if (!(hi > lo)) return lo;
  // Both ends repeat every two lengths.
  const double period = 2 * (hi - lo);
  double rest = v - lo;
  rest -= period * static_cast<double>(static_cast<int64_t>(rest / period));
  if (rest < 0) rest += period;
  return rest <= hi - lo ? lo + rest : hi - (rest - (hi - lo));
}

int32_t FloorOf(float v) {
  const auto i = static_cast<int32_t>(v);
  return static_cast<float>(i) > v ? i - 1 : i;
}

// Where the grid points along an axis of `size` elements, in the definition's float32.
float PlaceOf(float g, int32_t size, const GridSampleParams& p) {
  const auto s = static_cast<float>(size);
  float at = p.align_corners != 0 ? (g + 1) / 2 * (s - 1) : ((g + 1) * s - 1) / 2;
  if (!(at >= -1048576.0f)) at = -1048576.0f;
  if (at > 1048576.0f) at = 1048576.0f;
  if (p.interpolation == GridInterpolation::kNearest) {
    const int32_t low = FloorOf(at);
    const float above = at - static_cast<float>(low);
    at = static_cast<float>(above > 0.5f || (above == 0.5f && low % 2 != 0) ? low + 1 : low);
  }
  const float lo = p.align_corners != 0 ? 0.0f : -0.5f;
  const float hi = p.align_corners != 0 ? s - 1 : s - 0.5f;
  if (p.padding != GridPadding::kReflection || (at >= lo && at <= hi)) return at;
  return static_cast<float>(Reflect(static_cast<double>(at), static_cast<double>(lo), static_cast<double>(hi)));
}

double WeightOf(double d, GridInterpolation interpolation) {
  d = d < 0 ? -d : d;
  if (interpolation == GridInterpolation::kNearest) return d == 0 ? 1 : 0;
  if (interpolation == GridInterpolation::kLinear) return d < 1 ? 1 - d : 0;
  if (d <= 1) return 1.25 * d * d * d - 2.25 * d * d + 1;
  return d < 2 ? -0.75 * d * d * d + 3.75 * d * d - 6 * d + 3 : 0;
}

// The sum over the neighbours along dims axis ... 1 of x, whose other places stand in `from`.
double SumAlong(const KernelArgs& args, const GridSampleParams& p, ElementIndex grid_at, ElementIndex from, int axis) {
  const Tensor& x = *args.in[0];
  if (axis == 0) return static_cast<double>(*reinterpret_cast<float*>(ElementAt(x, from)));
  const int last = x.shape.rank - 1;
  const int32_t size = x.shape.dims[axis];
  grid_at.at[last] = last - 1 - axis;
  const float at = PlaceOf(*reinterpret_cast<float*>(ElementAt(*args.in[1], grid_at)), size, p);
  const int32_t low = FloorOf(at);
  double sum = 0;
  for (int32_t i = low - 1; i <= low + 2; ++i) {
    const double weight = WeightOf(static_cast<double>(at) - i, p.interpolation);
    int32_t place = i;
    if (p.padding == GridPadding::kReflection) {
      const double lo = p.align_corners != 0 ? 0 : -0.5;
      place = static_cast<int32_t>(Reflect(i, lo, p.align_corners != 0 ? size - 1 : size - 0.5));
    }
    const bool outside = place < 0 || place >= size;
    if (weight == 0 || (outside && p.padding == GridPadding::kZeros)) continue;
    from.at[axis] = place < 0 ? 0 : place < size ? place : size - 1;
    sum += weight * SumAlong(args, p, grid_at, from, axis - 1);
  }
  return sum;
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<GridSampleParams>(args.params);
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  const int last = y.shape.rank - 1;
  ElementIndex to;
  do {
    ElementIndex from;
    from.at[0] = to.at[0];
    from.at[last] = to.at[last];
    *reinterpret_cast<float*>(ElementAt(y, to)) = static_cast<float>(SumAlong(args, p, to, from, last - 1));
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_grid_sample_f32__reference;
const Kernel adze_grid_sample_f32__reference = {Run};
}

}  // namespace adze
