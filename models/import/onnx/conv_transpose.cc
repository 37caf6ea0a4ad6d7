// SPDX-License-Identifier: Apache-2.0
// ONNX ConvTranspose of one to three spatial dims and any group count.
#include <algorithm>

#include "models/import/onnx/window_attributes.h"
#include "op-registry/ops/window.h"

namespace adze::import {
namespace {

// [C, M / group, kernel...] as [M, kernel..., C / group], one spatial dim as two.
int TurnWeights(OnnxNode& node, int weights, int64_t groups) {
  const Dims d = node.DimsOf(weights);
  Dims split = {groups, d[0] / groups, d[1]}, joined = {groups * d[1]};
  if (d.size() == 3) split.push_back(1), joined.push_back(1);
  split.insert(split.end(), d.begin() + 2, d.end());
  joined.insert(joined.end(), d.begin() + 2, d.end());
  joined.push_back(d[0] / groups);
  std::vector<int> perm = {0, 2};
  for (int i = 3; i < static_cast<int>(split.size()); ++i) perm.push_back(i);
  perm.push_back(1);
  return node.Rearrange(weights, split, perm, joined);
}

// What the output leaves of `whole`, all that the kernels reach: pad_before is cut off before it. The odd element goes to the end with
// SAME_UPPER, else to the beginning.
void PlaceOutput(const WindowAttributes& a, size_t i, int64_t whole, int64_t wanted, WindowDim* w, int64_t* out) {
  if (wanted < 0 && a.auto_pad == "NOTSET") {
    w->pad_before = a.pads[i];
    *out = whole - a.pads[i] - a.pads[a.pads.size() / 2 + i];
    return;
  }
  if (wanted < 0) wanted = a.auto_pad == "VALID" ? whole : w->size * w->stride;
  const int64_t cut = std::max<int64_t>(whole - wanted, 0);
  w->pad_before = a.auto_pad == "SAME_UPPER" ? cut / 2 : cut - cut / 2;
  *out = wanted;
}

void ConvTranspose(OnnxNode& node) {
  WindowAttributes a = ReadWindowAttributes(node);
  const int64_t groups = node.IntAttribute("group", 1);
  std::vector<int64_t> more = node.IntsAttribute("output_padding");
  const std::vector<int64_t> shape = node.IntsAttribute("output_shape");
  const int x = WindowInput(node, 0);
  const size_t spatial = SpatialRank(node, x);
  CompleteAttributes(&a, spatial);
  const int weights = node.ConstantInput(1, "the weights");
  const Dims dx = node.DimsOf(x), dw = node.DimsOf(weights);
  if (dw.size() != dx.size() || groups < 1 || groups > dx[1] || dx[1] % groups != 0 || dw[0] != dx[1] || dw[1] < 1) {
    throw ContradictionError("weights of shape " + DimsText(dw) + " and group " + std::to_string(groups) +
                             " do not fit an input of shape " + DimsText(dx) + "; they must be [C, M / group, kernel...]");
  }
  const std::vector<int64_t> kernel(dw.begin() + 2, dw.end());
  if (!a.kernel.empty() && a.kernel != kernel)
    throw ContradictionError("kernel_shape " + DimsText(a.kernel) + " differs from the weights' shape " + DimsText(dw));
  if (more.empty()) more.assign(spatial, 0);
  // Some exporters write N and C, too.
  const size_t first = shape.size() == spatial + 2 ? 2 : 0;
  if (more.size() != spatial || (!shape.empty() && shape.size() != spatial + first))
    throw ContradictionError("output_padding " + DimsText(more) + " and output_shape " + DimsText(shape) + " must have " +
                             std::to_string(spatial) + " numbers each");
  Windows w;
  Dims out;
  for (size_t i = 0; i < spatial; ++i) {
    w.push_back({dx[2 + i], kernel[i], a.strides[i], a.dilations[i], 0, 0});
    if (more[i] < 0 || more[i] > kMaxWindowValue || kernel[i] > kMaxWindowValue || a.strides[i] > kMaxWindowValue ||
        a.dilations[i] > kMaxWindowValue)
      throw NodeError("its kernel, strides, dilations and output_padding must lie in 0.." + std::to_string(kMaxWindowValue));
    const int64_t whole = (dx[2 + i] - 1) * a.strides[i] + (kernel[i] - 1) * a.dilations[i] + 1 + more[i];
    out.push_back(0);
    PlaceOutput(a, i, whole, shape.empty() ? -1 : shape[first + i], &w[i], &out[i]);
  }
  if (spatial == 1) out.insert(out.begin(), 1);
  const int bias = node.HasInput(2) ? node.ConstantInput(2, "the bias") : -1;
  const int y = ConvolveTransposed(node, ChannelsLast(node, x), TurnWeights(node, weights, groups), bias, AtLeastTwo(w), out, groups, {});
  node.SetOutput(ChannelsSecond(node, y, spatial));
}

}  // namespace

std::vector<OnnxOp> OnnxConvTransposeOps() { return {{"ConvTranspose", ConvTranspose}}; }

}  // namespace adze::import
