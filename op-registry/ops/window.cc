// SPDX-License-Identifier: Apache-2.0
// The arithmetic of sliding windows.
#include "op-registry/ops/window.h"

#include <cstring>

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

constexpr int kWindowValues = sizeof(Window) / sizeof(int32_t);
constexpr int kFirstPad = 6;  // kernels, strides and dilations start at 1, paddings at 0

Status CheckValues(const Window& window) {
  int32_t values[kWindowValues];
  std::memcpy(values, &window, sizeof(values));
  for (int i = 0; i < kWindowValues; ++i) {
    if (values[i] < (i < kFirstPad) || values[i] > kMaxWindowValue) return Refuse(Detail::kParamsValue, values[i]);
  }
  if (KernelArea(window) > INT32_MAX) return Refuse(Detail::kTooLarge, KernelArea(window), INT32_MAX);
  return OkStatus();
}

}  // namespace

Status SlideWindow(const Window& window, const Shape& x, Shape* out) {
  if (x.rank != 4) return Refuse(Detail::kRank, x.rank, 4);
  ADZE_RETURN_IF_ERROR(CheckValues(window));
  if (x.dims[3] < 1) return Refuse(Detail::kDimension, x.dims[3], 1);
  out->rank = 4;
  out->dims[0] = x.dims[0];
  for (int i = 0; i < 2; ++i) {
    const int64_t size = x.dims[1 + i];
    if (size < 1) return Refuse(Detail::kDimension, size, 1);
    const int64_t padded = size + window.pad_before[i] + window.pad_after[i];
    const int64_t covered = static_cast<int64_t>(window.dilation[i]) * (window.kernel[i] - 1) + 1;
    if (padded < covered) return Refuse(Detail::kDimension, padded, covered);
    const int64_t positions = (padded - covered) / window.stride[i] + 1;
    if (positions > INT32_MAX) return Refuse(Detail::kTooLarge, positions, INT32_MAX);
    out->dims[1 + i] = static_cast<int32_t>(positions);
  }
  return OkStatus();
}

bool IsPadded(const Window& window) {
  return (window.pad_before[0] | window.pad_before[1] | window.pad_after[0] | window.pad_after[1]) != 0;
}

}  // namespace adze
