// SPDX-License-Identifier: Apache-2.0
// ONNX Conv, two-dimensional, of any group count.
#include "models/import/onnx/window_attributes.h"

namespace adze::import {
namespace {

void CheckWeights(const Dims& x, const Dims& w, int64_t groups) {
  if (w.size() != 4) throw ContradictionError("the weights have shape " + DimsText(w) + "; they must be [M, C / group, KH, KW]");
  if (groups < 1 || groups > x[1] || x[1] % groups != 0 || w[1] != x[1] / groups || w[0] < 1 || w[0] % groups != 0) {
    throw ContradictionError("weights of shape " + DimsText(w) + " and group " + std::to_string(groups) + " do not fit an input of shape " +
                             DimsText(x));
  }
}

void Conv(OnnxNode& node) {
  const WindowAttributes a = ReadWindowAttributes(node);
  const int64_t groups = node.IntAttribute("group", 1);
  const int x = node.ImageInput(0);
  const int weights = node.ConstantInput(1, "the weights");
  const Dims dx = node.DimsOf(x), dw = node.DimsOf(weights);
  CheckWeights(dx, dw, groups);
  const std::vector<int64_t> kernel = {dw[2], dw[3]};
  if (!a.kernel.empty() && a.kernel != kernel) {
    throw ContradictionError("kernel_shape " + DimsText(a.kernel) + " differs from the weights' shape " + DimsText(dw));
  }
  WindowDim w[2];
  PlaceWindows(a, dx, kernel, w);
  Conv2dParams p;
  SetWindow(w, &p);
  p.dilation_h = static_cast<int32_t>(w[0].dilation);
  p.dilation_w = static_cast<int32_t>(w[1].dilation);
  p.groups = static_cast<int32_t>(groups);
  p.channels_out = static_cast<int32_t>(dw[0]);
  std::vector<int> inputs = {node.ToNhwc(x), node.Transpose(weights, {0, 2, 3, 1})};
  if (node.HasInput(2)) inputs.push_back(node.ConstantInput(2, "the bias"));
  node.SetOutput(node.ToNchw(node.Emit("conv2d", inputs, p)));
}

}  // namespace

std::vector<OnnxOp> OnnxConvOps() { return {{"Conv", Conv}}; }

}  // namespace adze::import
