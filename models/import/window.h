// SPDX-License-Identifier: Apache-2.0
// Where the windows of convolutions and pools stand: foreign padding rules made explicit.
#pragma once

#include <cstdint>

namespace adze::import {

// One spatial dim. Values come from files: any int64.
struct WindowDim {
  int64_t size = 1, kernel = 1, stride = 1, dilation = 1;
  int64_t pad_before = 0, pad_after = 0;
};

// Throws NodeError unless every value lies in the range that ops take.
void CheckWindow(const WindowDim& w);

// The number of places of a checked window.
int64_t PositionsOf(const WindowDim& w);

// Sets the padding so that the output has ceil(size / stride) elements; the odd one goes after, or before with `lower`.
void PadSame(WindowDim* w, bool lower);

// The padding after the input that makes a rounded-up output size come out of the op's rounding down. A last window that would start past
// the input and its leading padding is dropped, as ONNX says.
int64_t CeilPadAfter(const WindowDim& w);

// Writes the kernel, strides and padding over height and width into the params of a convolution or pool.
template <typename Params>
void SetWindow(const WindowDim w[2], Params* p) {
  p->kernel_h = static_cast<int32_t>(w[0].kernel);
  p->kernel_w = static_cast<int32_t>(w[1].kernel);
  p->stride_h = static_cast<int32_t>(w[0].stride);
  p->stride_w = static_cast<int32_t>(w[1].stride);
  p->pad_top = static_cast<int32_t>(w[0].pad_before);
  p->pad_left = static_cast<int32_t>(w[1].pad_before);
  p->pad_bottom = static_cast<int32_t>(w[0].pad_after);
  p->pad_right = static_cast<int32_t>(w[1].pad_after);
}

}  // namespace adze::import
