// SPDX-License-Identifier: Apache-2.0
// grid_sample: the neighbours of a point and their weights once for all channels.
#include "kernels/contract/kernel.h"
#include "kernels/contract/split.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/grid_sample.h"

namespace adze {
namespace {

constexpr int kMostTaps = 4;
constexpr float kFarthest = 1048576.0f;

// The neighbours along one axis: offsets in bytes.
struct Taps {
  int n;
  int64_t offset[kMostTaps];
  float weight[kMostTaps];
};

float Clamp(float v, float lo, float hi) { return v > hi ? hi : v >= lo ? v : lo; }  // a NaN gives lo

// `v` turned back at both ends of [lo, lo + length].
float Reflected(float v, float lo, float length) {
  if (!(length > 0)) return lo;
  double rest = v - lo;  // in float64: the distance is up to 2^20 lengths
  if (rest < 0) rest = -rest;
  const auto turns = static_cast<int64_t>(rest / length);
  rest -= static_cast<double>(turns) * length;
  return static_cast<float>(lo + (turns % 2 == 0 ? rest : length - rest));
}

int32_t Floor(float v) {
  const auto whole = static_cast<int32_t>(v);
  return whole - (static_cast<float>(whole) > v ? 1 : 0);
}

// Halves to even. |v| is far below 2^22.
float Nearest(float v) {
  constexpr float kToInteger = 12582912.0f;
  return (v + kToInteger) - kToInteger;
}

float Near(float d) { return (1.25f * d - 2.25f) * d * d + 1; }              // 0 .. 1 away
float Far(float d) { return ((-0.75f * d + 3.75f) * d - 6.0f) * d + 3.0f; }  // 1 .. 2 away

Taps TapsAt(float g, int32_t size, int64_t stride, const GridSampleParams& p) {
  const bool aligned = p.align_corners != 0;
  const auto s = static_cast<float>(size);
  const float first = aligned ? 0.0f : -0.5f;
  const float length = aligned ? s - 1 : s;
  float at = Clamp(aligned ? (g + 1) / 2 * (s - 1) : ((g + 1) * s - 1) / 2, -kFarthest, kFarthest);
  if (p.interpolation == GridInterpolation::kNearest) at = Nearest(at);
  if (p.padding == GridPadding::kReflection && (at < first || at > first + length)) at = Reflected(at, first, length);
  Taps t = {};
  const int32_t low = Floor(at);
  const float w = at - static_cast<float>(low);
  if (p.interpolation == GridInterpolation::kNearest) {
    t = {1, {}, {1}};
  } else if (p.interpolation == GridInterpolation::kLinear) {
    t = {2, {}, {1 - w, w}};
  } else {
    t = {4, {}, {Far(1 + w), Near(w), Near(1 - w), Far(2 - w)}};
  }
  for (int k = 0; k < t.n; ++k) {
    int32_t i = low + k - (t.n == 4 ? 1 : 0);
    if (p.padding == GridPadding::kReflection) i = static_cast<int32_t>(Reflected(static_cast<float>(i), first, length));
    const bool inside = i >= 0 && i < size;
    if (!inside && p.padding == GridPadding::kZeros) t.weight[k] = 0;
    t.offset[k] = (i < 0 ? 0 : i < size ? i : size - 1) * stride;
  }
  return t;
}

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<GridSampleParams>(args.params);
  const Tensor& x = *args.in[0];
  const Tensor& grid = *args.in[1];
  const Tensor& y = *args.out[0];
  const int last = x.shape.rank - 1;
  const int32_t channels = x.shape.dims[last];
  size_t points = 1;
  for (int d = 0; d < last; ++d) points *= static_cast<size_t>(y.shape.dims[d]);
  ParallelFor(args, points, GrainOf(int64_t{64} * (channels + 1)), [&](size_t begin, size_t end) {
    for (size_t point = begin; point < end; ++point) {
      const uint8_t* from = x.data;
      const uint8_t* where = grid.data;
      uint8_t* to = y.data;
      auto rest = static_cast<int64_t>(point);
      for (int d = last - 1; d >= 0; --d) {
        const int64_t i = rest % y.shape.dims[d];
        rest /= y.shape.dims[d];
        where += i * grid.strides[d];
        to += i * y.strides[d];
        if (d == 0) from += i * x.strides[0];
      }
      // Axis 1 of a picture without a third is one element.
      Taps taps[3] = {{1, {}, {1}}, {}, {}};
      for (int k = 0; k + 1 < last; ++k) {
        const int d = last - 1 - k;
        taps[2 - k] = TapsAt(*reinterpret_cast<const float*>(where + k * grid.strides[last]), x.shape.dims[d], x.strides[d], p);
      }
      for (int32_t c = 0; c < channels; ++c, from += x.strides[last], to += y.strides[last]) {
        float sum = 0;
        for (int i = 0; i < taps[0].n; ++i) {
          for (int j = 0; j < taps[1].n; ++j) {
            const uint8_t* line = from + taps[0].offset[i] + taps[1].offset[j];
            for (int k = 0; k < taps[2].n; ++k) {
              const float weight = taps[0].weight[i] * taps[1].weight[j] * taps[2].weight[k];
              if (weight != 0) sum += weight * *reinterpret_cast<const float*>(line + taps[2].offset[k]);
            }
          }
        }
        *reinterpret_cast<float*>(to) = sum;
      }
    }
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_grid_sample_f32__any;
const Kernel adze_grid_sample_f32__any = {Run};
}

}  // namespace adze
