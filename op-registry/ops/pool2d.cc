// SPDX-License-Identifier: Apache-2.0
// The definition of pool2d.
#include "op-registry/ops/pool2d.h"

#include "op-registry/ops/operands.h"
#include "op-registry/ops/window.h"

namespace adze {
namespace {

Window WindowOf(const Pool2dParams& p) {
  return {{p.kernel_h, p.kernel_w}, {p.stride_h, p.stride_w}, {1, 1}, {p.pad_top, p.pad_left}, {p.pad_bottom, p.pad_right}};
}

// A window wholly inside the padding has no maximum and no average. The first and the last position are the worst.
Status CheckTouches(const Window& window, const Shape& x, const Shape& y) {
  for (int i = 0; i < 2; ++i) {
    const int64_t last_start = int64_t{y.dims[1 + i] - 1} * window.stride[i] - window.pad_before[i];
    if (window.pad_before[i] >= window.kernel[i]) return Refuse(Detail::kParamsValue, window.pad_before[i]);
    if (last_start >= x.dims[1 + i]) return Refuse(Detail::kParamsValue, window.pad_after[i]);
  }
  return OkStatus();
}

Status Infer(const NodeArgs& node, TensorType* out) {
  Pool2dParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  TensorType y;
  ADZE_RETURN_IF_ERROR(InferLikeInput(node, &y));
  const Shape& x = node.in[0]->shape;
  const Window window = WindowOf(p);
  ADZE_RETURN_IF_ERROR(SlideWindow(window, x, &y.shape));
  ADZE_RETURN_IF_ERROR(CheckTouches(window, x, y.shape));
  ADZE_RETURN_IF_ERROR(CheckClamp(p.clamp));
  if (p.kind > PoolKind::kAverage) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.kind));
  if (p.count_include_pad > 1) return Refuse(Detail::kParamsValue, p.count_include_pad);
  ADZE_RETURN_IF_ERROR(CheckOutput(y));
  *out = y;
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) {
  const auto p = ParamsOf<Pool2dParams>(node.params);
  const Tensor& x = *node.in[0];
  const Shape& y = node.out[0]->shape;
  StartKey(node, "pool2d", 1, false, key);
  Key& k = *key;
  k[Feature::kBatch] = x.dim(0);
  k[Feature::kHin] = x.dim(1);
  k[Feature::kWin] = x.dim(2);
  k[Feature::kCin] = x.dim(3);
  k[Feature::kHout] = y.dims[1];
  k[Feature::kWout] = y.dims[2];
  k[Feature::kKernelArea] = KernelArea(WindowOf(p));
  k[Feature::kStrideH] = p.stride_h;
  k[Feature::kStrideW] = p.stride_w;
  k[Feature::kPadded] = IsPadded(WindowOf(p));
  k[Feature::kMode] = static_cast<int64_t>(p.kind);
}

}  // namespace

extern "C" {
extern const OpDef adze_op_pool2d;
const OpDef adze_op_pool2d = {"pool2d", Infer, FillKey};
}

}  // namespace adze
