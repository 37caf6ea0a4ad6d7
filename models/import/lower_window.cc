// SPDX-License-Identifier: Apache-2.0
// Convolutions and pools over two or three spatial dims.
#include "models/import/lower_window.h"

#include <cmath>
#include <string>

namespace adze::import {
namespace {

int Convolve2d(Lowering& node, int x, int weights, int bias, const WindowDim w[2], int64_t groups, const ClampRange& clamp) {
  Conv2dParams p;
  SetWindow(w, &p);
  p.dilation_h = static_cast<int32_t>(w[0].dilation);
  p.dilation_w = static_cast<int32_t>(w[1].dilation);
  p.groups = static_cast<int32_t>(groups);
  p.channels_out = static_cast<int32_t>(node.DimsOf(weights)[0]);
  p.clamp = clamp;
  std::vector<int> inputs = {x, weights};
  if (bias >= 0) inputs.push_back(bias);
  return node.Emit("conv2d", inputs, p);
}

// The padding of dim `axis` as elements of these bytes.
int PadDim(Lowering& node, int x, size_t axis, WindowDim* w, float value) {
  std::vector<int64_t> before(node.DimsOf(x).size(), 0), after = before;
  before[axis] = w->pad_before;
  after[axis] = w->pad_after;
  w->size += w->pad_before + w->pad_after;
  w->pad_before = w->pad_after = 0;
  return node.Pad(x, before, after, BytesOf(std::vector<float>{value}));
}

// [N, D, H, W, C] as N * D pictures, and back.
int AsPictures(Lowering& node, int x) {
  const Dims d = node.DimsOf(x);
  return node.Reshape(x, {ProductOf(d, 0, 2), d[2], d[3], d[4]});
}
int AsVolumes(Lowering& node, int pictures, int64_t n, int64_t depth) {
  const Dims d = node.DimsOf(pictures);
  return node.Reshape(pictures, {n, depth, d[1], d[2], d[3]});
}

// What kernel position `k` of depth reads: every stride-th picture.
int DepthSlice(Lowering& node, int x, const WindowDim& w, int64_t k) {
  Dims dims = node.DimsOf(x);
  dims[1] = PositionsOf(w);
  return node.Slice(x, {0, k * w.dilation, 0, 0, 0}, {1, w.stride, 1, 1, 1}, dims);
}

// What was dilated is dense then: every dilation-th element where the stride takes no others, else the elements of each window side by side,
// with a stride of the kernel.
int GatherWindows(Lowering& node, int x, size_t axis, WindowDim* w) {
  if (w->stride % w->dilation == 0) {
    Dims dims = node.DimsOf(x);
    std::vector<int64_t> begin(dims.size(), 0), step(dims.size(), 1);
    step[axis] = w->dilation;
    dims[axis] = w->size = (w->size - 1) / w->dilation + 1;
    w->stride /= w->dilation;
    w->dilation = 1;
    return node.Slice(x, begin, step, dims);
  }
  const int64_t positions = PositionsOf(*w);
  CheckedElements({positions, w->kernel}, DType::kI64);
  node.builder().Charge(positions * w->kernel * static_cast<int64_t>(sizeof(int64_t)));  // before the indices are there
  std::vector<int64_t> at;
  for (int64_t o = 0; o < positions; ++o) {
    for (int64_t k = 0; k < w->kernel; ++k) at.push_back(o * w->stride + k * w->dilation);
  }
  const int indices = node.Constant("windows", DType::kI64, {positions * w->kernel}, BytesOf(at));
  w->size = positions * w->kernel;
  w->stride = w->kernel;
  w->dilation = 1;
  return node.Gather(x, indices, static_cast<int>(axis), 0);
}

// kernel / elements inside, for each position of a padded dim.
std::vector<float> InsideFactors(const WindowDim& w) {
  std::vector<float> factors;
  for (int64_t o = 0; o < PositionsOf(w); ++o) {
    int64_t inside = 0;
    for (int64_t k = 0; k < w.kernel; ++k) {
      const int64_t at = o * w.stride + k * w.dilation - w.pad_before;
      inside += at >= 0 && at < w.size ? 1 : 0;
    }
    if (inside == 0) throw NodeError("a window lies wholly in the padding, where there is nothing to reduce");
    factors.push_back(static_cast<float>(w.kernel) / static_cast<float>(inside));
  }
  return factors;
}

int Pool2d(Lowering& node, int x, PoolKind kind, const WindowDim& h, const WindowDim& w, bool count_pad, const ClampRange& clamp) {
  const WindowDim both[2] = {h, w};
  Pool2dParams p;
  SetWindow(both, &p);
  p.kind = kind;
  p.count_include_pad = count_pad;
  p.clamp = clamp;
  return node.Emit("pool2d", {x}, p);
}

}  // namespace

int Convolve(Lowering& node, int x, int weights, int bias, const Windows& w, int64_t groups, const ClampRange& clamp) {
  if (w.size() == 2) return Convolve2d(node, x, weights, bias, w.data(), groups, clamp);
  WindowDim depth = w[0];
  const int padded = PadDim(node, x, 1, &depth, 0);
  const Dims dw = node.DimsOf(weights);
  const int64_t batches = node.DimsOf(x)[0], positions = PositionsOf(depth);
  int sum = -1;
  for (int64_t k = 0; k < depth.kernel; ++k) {
    const bool last = k + 1 == depth.kernel;
    const int pictures = AsPictures(node, DepthSlice(node, padded, depth, k));
    const int part =
        node.Reshape(node.Cut(weights, {0, k, 0, 0, 0}, {1, 1, 1, 1, 1}, {dw[0], 1, dw[2], dw[3], dw[4]}), {dw[0], dw[2], dw[3], dw[4]});
    const int y = Convolve2d(node, pictures, part, k == 0 ? bias : -1, &w[1], groups, last && sum < 0 ? clamp : ClampRange());
    sum = sum < 0 ? y : node.Binary("add", y, sum, last ? clamp : ClampRange());
  }
  return AsVolumes(node, sum, batches, positions);
}

int Pool(Lowering& node, int x, PoolKind kind, Windows w, bool count_pad, const ClampRange& clamp) {
  std::vector<int> factors;
  for (size_t i = 0; i < w.size(); ++i) {
    if (w[i].dilation == 1 || w[i].kernel == 1) continue;
    const bool padded = w[i].pad_before != 0 || w[i].pad_after != 0;
    if (padded && kind == PoolKind::kAverage && !count_pad) {
      Dims dims(w.size() + 2, 1);
      dims[1 + i] = PositionsOf(w[i]);
      factors.push_back(node.FloatConstant("inside", dims, InsideFactors(w[i])));
    }
    x = GatherWindows(node, PadDim(node, x, 1 + i, &w[i], kind == PoolKind::kMax ? -INFINITY : 0), 1 + i, &w[i]);
  }
  const ClampRange last = factors.empty() ? clamp : ClampRange();
  if (w.size() == 2) {
    x = Pool2d(node, x, kind, w[0], w[1], count_pad, last);
  } else {
    const Dims d = node.DimsOf(x);
    const int pictures = Pool2d(node, AsPictures(node, x), kind, w[1], w[2], count_pad, ClampRange());
    const Dims small = node.DimsOf(pictures);
    const int lines = node.Reshape(pictures, {d[0], d[1], small[1] * small[2], d[4]});
    const int y = Pool2d(node, lines, kind, w[0], WindowDim{small[1] * small[2]}, count_pad, last);
    x = node.Reshape(y, {d[0], node.DimsOf(y)[1], small[1], small[2], d[4]});
  }
  for (size_t i = 0; i < factors.size(); ++i) x = node.Binary("mul", x, factors[i], i + 1 == factors.size() ? clamp : ClampRange());
  return x;
}

int LpPool(Lowering& node, int x, int64_t p, const Windows& w) {
  if (p < 1 || p > 1000) throw NodeError("attribute p is " + std::to_string(p) + "; it must lie in 1..1000");
  double volume = 1;
  for (const WindowDim& d : w) volume *= static_cast<double>(d.kernel);
  const int magnitude = p == 2 ? node.Binary("mul", x, x, {}) : node.Map("abs", x);
  const int power = p <= 2 ? magnitude : node.Pair("pow", magnitude, node.Number(DType::kF32, static_cast<double>(p)));
  const int sum = node.Times(Pool(node, power, PoolKind::kAverage, w, true, {}), static_cast<float>(volume));
  if (p == 1) return sum;
  return p == 2 ? node.Map("sqrt", sum) : node.Pair("pow", sum, node.Number(DType::kF32, 1 / static_cast<double>(p)));
}

}  // namespace adze::import
