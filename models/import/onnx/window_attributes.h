// SPDX-License-Identifier: Apache-2.0
// What ONNX convolutions and pools share: their attributes, and inputs of one to three spatial dims.
#pragma once

#include <string>
#include <vector>

#include "models/import/lower_window.h"
#include "models/import/onnx/context.h"

namespace adze::import {

struct WindowAttributes {
  std::string auto_pad;
  std::vector<int64_t> kernel, strides, dilations;  // one for each spatial dim, or none
  std::vector<int64_t> pads;                        // before each spatial dim, then after each; or none
};

// Before the inputs, so that what is wrong here is found where those are unknown.
WindowAttributes ReadWindowAttributes(OnnxNode& node);
// Fills in what is not given; ContradictionError where the counts do not fit `spatial` dims.
void CompleteAttributes(WindowAttributes* a, size_t spatial);

// Input i, whose shape must be [N, C, spatial...]: float32, or of eight bits where these may be.
int WindowInput(OnnxNode& node, int i, bool or_bytes = false);
inline size_t SpatialRank(const OnnxNode& node, int x) { return static_cast<size_t>(node.RankOf(x)) - 2; }

// The windows over an input of shape `x`, padding made explicit. They are checked.
Windows PlaceWindows(const WindowAttributes& a, const Dims& x, const std::vector<int64_t>& kernel);

// One spatial dim becomes the width of pictures of height 1; more stay.
Windows AtLeastTwo(Windows w);

// [N, C, spatial...] with channels last and at least two spatial dims, and what that gives as [N, C, spatial...] of `spatial` dims again.
int ChannelsLast(Lowering& node, int x);
int ChannelsSecond(Lowering& node, int y, size_t spatial);

}  // namespace adze::import
