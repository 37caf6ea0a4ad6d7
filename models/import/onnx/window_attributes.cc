// SPDX-License-Identifier: Apache-2.0
// The attributes that ONNX convolutions and pools share.
#include "models/import/onnx/window_attributes.h"

namespace adze::import {
namespace {

std::vector<int64_t> Checked(const char* name, std::vector<int64_t> given, size_t count, int64_t otherwise) {
  if (given.empty()) given.assign(count, otherwise);
  if (given.size() == count) return given;
  throw NodeError("attribute " + std::string(name) + " is " + DimsText(given) + "; only two-dimensional windows (" + std::to_string(count) +
                  " numbers) are supported");
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
  if (!a.kernel.empty()) a.kernel = Checked("kernel_shape", a.kernel, 2, 1);
  a.strides = Checked("strides", node.IntsAttribute("strides"), 2, 1);
  a.dilations = Checked("dilations", node.IntsAttribute("dilations"), 2, 1);
  a.pads = Checked("pads", node.IntsAttribute("pads"), 4, 0);
  return a;
}

void PlaceWindows(const WindowAttributes& a, const Dims& x, const std::vector<int64_t>& kernel, WindowDim w[2]) {
  for (size_t i = 0; i < 2; ++i) {
    w[i] = {x[2 + i], kernel[i], a.strides[i], a.dilations[i], 0, 0};
    if (a.auto_pad == "NOTSET") {
      w[i].pad_before = a.pads[i];
      w[i].pad_after = a.pads[2 + i];
    } else if (a.auto_pad != "VALID") {
      PadSame(&w[i], a.auto_pad == "SAME_LOWER");
    }
    CheckWindow(w[i]);
  }
}

}  // namespace adze::import
