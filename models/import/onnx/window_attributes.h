// SPDX-License-Identifier: Apache-2.0
// The attributes that ONNX convolutions and pools share.
#pragma once

#include <string>
#include <vector>

#include "models/import/onnx/context.h"
#include "models/import/window.h"

namespace adze::import {

struct WindowAttributes {
  std::string auto_pad;
  std::vector<int64_t> kernel, strides, dilations;  // two each; kernel may be empty
  std::vector<int64_t> pads;                        // top, left, bottom, right
};

WindowAttributes ReadWindowAttributes(OnnxNode& node);

// The windows over height and width of an input [N, C, H, W], padding made explicit.
void PlaceWindows(const WindowAttributes& a, const Dims& x, const std::vector<int64_t>& kernel, WindowDim w[2]);

}  // namespace adze::import
