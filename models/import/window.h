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

// Sets the padding so that the output has ceil(size / stride) elements; the odd one goes after, or before with `lower`.
void PadSame(WindowDim* w, bool lower);

// The padding after the input that makes a rounded-up output size come out of the op's rounding down. A last window that would start past
// the input and its leading padding is dropped, as ONNX says.
int64_t CeilPadAfter(const WindowDim& w);

}  // namespace adze::import
