// SPDX-License-Identifier: Apache-2.0
// Transposed convolutions over two or three spatial dims.
#include <algorithm>
#include <string>

#include "models/import/lower_window.h"
#include "op-registry/ops/conv_transpose2d.h"
#include "op-registry/ops/window.h"

namespace adze::import {
namespace {

// Each place between two strides becomes a convolution of its own.
constexpr int64_t kMostPhases = 4096;

void CheckTransposed(const Windows& w, const Dims& out) {
  int64_t phases = 1;
  for (size_t i = 0; i < w.size(); ++i) {
    WindowDim whole = w[i];
    whole.size = INT32_MAX;  // the kernel need not fit into the input
    CheckWindow(whole);
    phases *= std::min(w[i].stride, kMostPhases + 1);
    if (out[i] < 1 || out[i] > kMaxWindowValue) throw ContradictionError("the output's shape " + DimsText(out) + " is impossible");
  }
  if (phases > kMostPhases)
    throw NodeError("its strides make " + std::to_string(phases) + " or more ordinary convolutions; " + std::to_string(kMostPhases) +
                    " are the limit");
}

int Transposed2d(Lowering& node, int x, int weights, int bias, const WindowDim w[2], const Dims& out, int64_t groups,
                 const ClampRange& clamp) {
  ConvTranspose2dParams p;
  p.kernel_h = static_cast<int32_t>(w[0].kernel);
  p.kernel_w = static_cast<int32_t>(w[1].kernel);
  p.stride_h = static_cast<int32_t>(w[0].stride);
  p.stride_w = static_cast<int32_t>(w[1].stride);
  p.dilation_h = static_cast<int32_t>(w[0].dilation);
  p.dilation_w = static_cast<int32_t>(w[1].dilation);
  p.pad_top = static_cast<int32_t>(w[0].pad_before);
  p.pad_left = static_cast<int32_t>(w[1].pad_before);
  p.out_h = static_cast<int32_t>(out[out.size() - 2]);
  p.out_w = static_cast<int32_t>(out[out.size() - 1]);
  p.groups = static_cast<int32_t>(groups);
  p.channels_out = static_cast<int32_t>(node.DimsOf(weights)[0]);
  p.clamp = clamp;
  std::vector<int> inputs = {x, weights};
  if (bias >= 0) inputs.push_back(bias);
  return node.Emit("conv_transpose2d", inputs, p);
}

// Kernel position k reads picture j + shift for output j of a phase.
struct Tap {
  int64_t k, shift;
};
std::vector<Tap> TapsOf(const WindowDim& w, int64_t phase, int64_t positions) {
  std::vector<Tap> taps;
  for (int64_t k = 0; k < w.kernel; ++k) {
    const int64_t from = phase + w.pad_before - k * w.dilation;
    if (from % w.stride != 0) continue;
    const int64_t shift = from / w.stride;
    if (shift < w.size && shift + positions > 0) taps.push_back({k, shift});
  }
  return taps;
}

}  // namespace

int ConvolveTransposed(Lowering& node, int x, int weights, int bias, const Windows& w, const Dims& out, int64_t groups,
                       const ClampRange& clamp) {
  CheckTransposed(w, out);
  node.RequireConstant(weights, "the weights");
  if (w.size() == 2) return Transposed2d(node, x, weights, bias, w.data(), out, groups, clamp);
  const Dims dx = node.DimsOf(x), dw = node.DimsOf(weights);
  const int64_t positions = (out[0] + w[0].stride - 1) / w[0].stride, picture = out[1] * out[2] * dw[0];
  std::vector<int> phases;
  for (int64_t r = 0; r < w[0].stride; ++r) {
    int sum = -1;
    for (const Tap& tap : TapsOf(w[0], r, positions)) {
      const int64_t begin = std::max<int64_t>(tap.shift, 0), end = std::min(tap.shift + positions, dx[1]);
      Dims dims = dx;
      dims[1] = end - begin;
      const int inside = node.Slice(x, {0, begin, 0, 0, 0}, {1, 1, 1, 1, 1}, dims);
      const int padded =
          node.Pad(inside, {0, begin - tap.shift, 0, 0, 0}, {0, tap.shift + positions - end, 0, 0, 0}, Bytes(sizeof(float), 0));
      const int part = node.Reshape(node.Slice(weights, {0, tap.k, 0, 0, 0}, {1, 1, 1, 1, 1}, {dw[0], 1, dw[2], dw[3], dw[4]}),
                                    {dw[0], dw[2], dw[3], dw[4]});
      const int pictures = node.Reshape(padded, {dx[0] * positions, dx[2], dx[3], dx[4]});
      const int y = Transposed2d(node, pictures, part, sum < 0 ? bias : -1, &w[1], out, groups, {});
      sum = sum < 0 ? y : node.Binary("add", y, sum, {});
    }
    if (sum < 0) {
      sum = bias < 0 ? node.Filled(Bytes(sizeof(float), 0), DType::kF32, {dw[0]}) : bias;
      sum = node.Expand(node.Reshape(sum, {1, 1, 1, dw[0]}), {dx[0] * positions, out[1], out[2], dw[0]});
    }
    phases.push_back(node.Reshape(node.Clamp(sum, clamp), {dx[0], positions, 1, picture}));
  }
  const int all = node.Reshape(node.Concat(phases, 2), {dx[0], positions * w[0].stride, out[1], out[2], dw[0]});
  return node.Slice(all, {0, 0, 0, 0, 0}, {1, 1, 1, 1, 1}, {dx[0], out[0], out[1], out[2], dw[0]});
}

}  // namespace adze::import
