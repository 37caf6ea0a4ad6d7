// SPDX-License-Identifier: Apache-2.0
// What ONNX convolutions and pools share.
#include "models/import/onnx/window_attributes.h"

#include <algorithm>

namespace adze::import {
namespace {

void Complete(const char* name, size_t count, int64_t otherwise, std::vector<int64_t>* given) {
  if (given->empty()) given->assign(count, otherwise);
  if (given->size() == count) return;
  throw ContradictionError("attribute " + std::string(name) + " is " + DimsText(*given) + "; the input needs " + std::to_string(count) +
                           " numbers");
}

}  // namespace

WindowAttributes ReadWindowAttributes(OnnxNode& node) {
  WindowAttributes a;
  a.auto_pad = node.StringAttribute("auto_pad", "NOTSET");
  if (a.auto_pad.empty()) a.auto_pad = "NOTSET";
  if (a.auto_pad != "NOTSET" && a.auto_pad != "VALID" && a.auto_pad != "SAME_UPPER" && a.auto_pad != "SAME_LOWER") {
    throw NodeError("attribute auto_pad has the value " + Quoted(a.auto_pad) + "; use NOTSET, VALID, SAME_UPPER or SAME_LOWER");
  }
  a.kernel = node.IntsAttribute("kernel_shape");
  a.strides = node.IntsAttribute("strides");
  a.dilations = node.IntsAttribute("dilations");
  a.pads = node.IntsAttribute("pads");
  return a;
}

void CompleteAttributes(WindowAttributes* a, size_t spatial) {
  if (!a->kernel.empty()) Complete("kernel_shape", spatial, 1, &a->kernel);
  Complete("strides", spatial, 1, &a->strides);
  Complete("dilations", spatial, 1, &a->dilations);
  Complete("pads", 2 * spatial, 0, &a->pads);
}

int WindowInput(OnnxNode& node, int i, bool or_bytes) {
  const int stored = node.Input(i);
  const bool bytes = or_bytes && (node.TypeOf(stored) == DType::kU8 || node.TypeOf(stored) == DType::kI8);
  const int x = bytes ? stored : node.FloatInput(i);
  const Dims dims = node.DimsOf(x);
  if (dims.size() < 3) throw ContradictionError("the input has shape " + DimsText(dims) + "; it must be [N, C, spatial dims...]");
  if (dims.size() > 5) throw NodeError("the input has shape " + DimsText(dims) + "; at most three spatial dims are supported");
  if (std::any_of(dims.begin() + 1, dims.end(), [](int64_t d) { return d < 1; }))
    throw NodeError("the input has shape " + DimsText(dims) + "; its dims must be at least 1");
  return x;
}

Windows PlaceWindows(const WindowAttributes& a, const Dims& x, const std::vector<int64_t>& kernel) {
  Windows w;
  for (size_t i = 0; i < kernel.size(); ++i) {
    w.push_back({x[2 + i], kernel[i], a.strides[i], a.dilations[i], 0, 0});
    if (a.auto_pad == "NOTSET") {
      w[i].pad_before = a.pads[i];
      w[i].pad_after = a.pads[kernel.size() + i];
    } else if (a.auto_pad != "VALID") {
      PadSame(&w[i], a.auto_pad == "SAME_LOWER");
    }
    CheckWindow(w[i]);
  }
  return w;
}

Windows AtLeastTwo(Windows w) {
  if (w.size() == 1) w.insert(w.begin(), WindowDim());
  return w;
}

int ChannelsLast(Lowering& node, int x) {
  const Dims d = node.DimsOf(x);
  if (d.size() == 3) return node.Transpose(node.Reshape(x, {d[0], d[1], 1, d[2]}), {0, 2, 3, 1});
  return d.size() == 4 ? node.Transpose(x, {0, 2, 3, 1}) : node.Transpose(x, {0, 2, 3, 4, 1});
}

int ChannelsSecond(Lowering& node, int y, size_t spatial) {
  const int x = spatial == 3 ? node.Transpose(y, {0, 4, 1, 2, 3}) : node.Transpose(y, {0, 3, 1, 2});
  const Dims d = node.DimsOf(x);
  return spatial == 1 ? node.Reshape(x, {d[0], d[1], d[3]}) : x;
}

}  // namespace adze::import
