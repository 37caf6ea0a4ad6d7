// SPDX-License-Identifier: Apache-2.0
// Where the windows of convolutions and pools stand.
#include "models/import/window.h"

#include <algorithm>
#include <string>

#include "models/import/findings.h"
#include "op-registry/ops/window.h"

namespace adze::import {
namespace {

// The limit of kernels, strides, dilations and paddings; keeps every sum and product below far inside int64.
constexpr int64_t kLargest = kMaxWindowValue;

void CheckValue(const char* what, int64_t value, int64_t least, int64_t most = kLargest) {
  if (value < least || value > most) {
    throw NodeError(std::string(what) + " is " + std::to_string(value) + "; it must lie in " + std::to_string(least) + ".." +
                    std::to_string(most));
  }
}

}  // namespace

void CheckWindow(const WindowDim& w) {
  CheckValue("a spatial dim", w.size, 1, INT32_MAX);
  CheckValue("a kernel size", w.kernel, 1);
  CheckValue("a stride", w.stride, 1);
  CheckValue("a dilation", w.dilation, 1);
  CheckValue("a padding", w.pad_before, 0);
  CheckValue("a padding", w.pad_after, 0);
  const int64_t covered = (w.kernel - 1) * w.dilation + 1;
  if (covered > w.size + w.pad_before + w.pad_after) {
    throw ContradictionError("the kernel covers " + std::to_string(covered) + " elements but the padded input has only " +
                             std::to_string(w.size + w.pad_before + w.pad_after));
  }
}

int64_t PositionsOf(const WindowDim& w) { return (w.size + w.pad_before + w.pad_after - (w.kernel - 1) * w.dilation - 1) / w.stride + 1; }

void PadSame(WindowDim* w, bool lower) {
  CheckValue("a stride", w->stride, 1);
  CheckValue("a kernel size", w->kernel, 1);
  CheckValue("a dilation", w->dilation, 1);
  const int64_t out = (w->size + w->stride - 1) / w->stride;
  const int64_t total = std::max<int64_t>((out - 1) * w->stride + (w->kernel - 1) * w->dilation + 1 - w->size, 0);
  w->pad_before = lower ? total - total / 2 : total / 2;
  w->pad_after = total - w->pad_before;
}

int64_t CeilPadAfter(const WindowDim& w) {
  CheckWindow(w);
  const int64_t covered = (w.kernel - 1) * w.dilation + 1;
  const int64_t room = w.size + w.pad_before + w.pad_after - covered;
  int64_t out = (room + w.stride - 1) / w.stride + 1;
  if ((out - 1) * w.stride >= w.size + w.pad_before) --out;
  return std::max<int64_t>((out - 1) * w.stride + covered - w.size - w.pad_before, 0);
}

}  // namespace adze::import
