// SPDX-License-Identifier: Apache-2.0
// The definition of conv2d.
#include "op-registry/ops/conv2d.h"

#include <cstddef>

#include "op-registry/core/winograd.h"
#include "op-registry/ops/operands.h"
#include "op-registry/ops/window.h"

namespace adze {
namespace {

static_assert(offsetof(Conv2dParams, groups) == sizeof(Window), "Conv2dParams starts with the fields of Window");
static_assert(offsetof(Conv2dParams, pad_top) == offsetof(Window, pad_before), "pads stand as in Window");

Window WindowOf(const Conv2dParams& p) {
  Window w;
  std::memcpy(&w, &p, sizeof(w));
  return w;
}

// The shape that the weights must have, and the length of the bias.
Status WeightShapes(const Conv2dParams& p, const Window& window, int32_t c_in, Shape* weights, Shape* bias) {
  const int64_t per_group = c_in / p.groups;
  const int64_t padded_out = RoundUp(p.channels_out, kPanelColumns);
  if (padded_out > INT32_MAX) return Refuse(Detail::kTooLarge, padded_out, INT32_MAX);
  bias->rank = 1;
  bias->dims[0] = static_cast<int32_t>(p.packing == Packing::kNone ? p.channels_out : padded_out);
  switch (p.packing) {
    case Packing::kNone: *weights = {4, {p.channels_out, p.kernel_h, p.kernel_w, static_cast<int32_t>(per_group)}}; return OkStatus();
    case Packing::kPanels16:
    case Packing::kPanels16ByChannel: {
      const int64_t k = KernelArea(window) * per_group;
      if (k > INT32_MAX) return Refuse(Detail::kTooLarge, k, INT32_MAX);
      const int64_t panels = RoundUp(p.channels_out / p.groups, kPanelColumns) / kPanelColumns;
      *weights = {4, {p.groups, static_cast<int32_t>(panels), static_cast<int32_t>(k), kPanelColumns}};
      return OkStatus();
    }
    case Packing::kDepthwise16:
      if (p.groups != c_in || p.groups != p.channels_out) return Refuse(Detail::kParamsValue, p.groups, c_in);
      *weights = {2, {static_cast<int32_t>(KernelArea(window)), static_cast<int32_t>(padded_out)}};
      return OkStatus();
    case Packing::kWinograd4x3:
      if (p.kernel_h != 3 || p.kernel_w != 3) return Refuse(Detail::kParamsValue, KernelArea(window), 9);
      if (p.stride_h != 1 || p.stride_w != 1) return Refuse(Detail::kParamsValue, p.stride_h, 1);
      if (p.dilation_h != 1 || p.dilation_w != 1) return Refuse(Detail::kParamsValue, p.dilation_h, 1);
      if (p.groups != 1) return Refuse(Detail::kParamsValue, p.groups, 1);
      *weights = {4, {kWinogradPositions, static_cast<int32_t>(padded_out / kPanelColumns), c_in, kPanelColumns}};
      return OkStatus();
  }
  return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.packing));
}

Status CheckParams(const Conv2dParams& p, int32_t c_in) {
  ADZE_RETURN_IF_ERROR(CheckClamp(p.clamp));
  if (p.channels_out < 1) return Refuse(Detail::kParamsValue, p.channels_out);
  if (p.groups < 1 || c_in % p.groups != 0 || p.channels_out % p.groups != 0) return Refuse(Detail::kParamsValue, p.groups);
  if (p.has_residual > 1) return Refuse(Detail::kParamsValue, p.has_residual);
  return OkStatus();
}

Status Infer(const NodeArgs& node, TensorType* out) {
  Conv2dParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  const int residual = p.has_residual & 1;
  const bool bias_may_miss = p.packing == Packing::kNone;
  ADZE_RETURN_IF_ERROR(CheckArity(node, (bias_may_miss ? 2 : 3) + residual, 3 + residual, 1));
  const Tensor& x = *node.in[0];
  ADZE_RETURN_IF_ERROR(CheckType(x, DType::kF32));
  const Window window = WindowOf(p);
  TensorType y;
  ADZE_RETURN_IF_ERROR(SlideWindow(window, x.shape, &y.shape));
  ADZE_RETURN_IF_ERROR(CheckParams(p, x.dim(3)));
  y.shape.dims[3] = p.channels_out;
  ADZE_RETURN_IF_ERROR(CheckOutput(y));
  Shape weights;
  Shape bias;
  ADZE_RETURN_IF_ERROR(WeightShapes(p, window, x.dim(3), &weights, &bias));
  ADZE_RETURN_IF_ERROR(CheckWeights(node, 1, DType::kF32, weights));
  if (node.n_in == 3 + residual) ADZE_RETURN_IF_ERROR(CheckWeights(node, 2, DType::kF32, bias));
  if (residual != 0) {
    const Tensor& r = *node.in[node.n_in - 1];
    ADZE_RETURN_IF_ERROR(CheckType(r, DType::kF32));
    Shape added = y.shape;
    if (p.packing != Packing::kWinograd4x3 && r.shape.rank == 4 && r.dim(3) >= 1 && r.dim(3) < added.dims[3]) added.dims[3] = r.dim(3);
    ADZE_RETURN_IF_ERROR(CheckShape(r, added));
  }
  *out = y;
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) {
  const auto p = ParamsOf<Conv2dParams>(node.params);
  const Tensor& x = *node.in[0];
  const Shape& y = node.out[0]->shape;
  StartKey(node, "conv2d", 2, true, key);
  Key& k = *key;
  const int64_t area = KernelArea(WindowOf(p));
  const int64_t c_in = x.dim(3);
  k[Feature::kBatch] = x.dim(0);
  k[Feature::kHin] = x.dim(1);
  k[Feature::kWin] = x.dim(2);
  k[Feature::kCin] = c_in;
  k[Feature::kHout] = y.dims[1];
  k[Feature::kWout] = y.dims[2];
  k[Feature::kCout] = p.channels_out;
  k[Feature::kKernelArea] = area;
  k[Feature::kKernelW] = p.kernel_w;
  k[Feature::kStrideH] = p.stride_h;
  k[Feature::kStrideW] = p.stride_w;
  k[Feature::kDilated] = p.dilation_h > 1 || p.dilation_w > 1;
  k[Feature::kGroups] = p.groups;
  k[Feature::kDepthwise] = p.groups == c_in && p.groups == p.channels_out;
  k[Feature::kPadded] = IsPadded(WindowOf(p));
  k[Feature::kIndirection] = IsInnerDense(x) ? area : area * c_in;
  k[Feature::kM] = k[Feature::kElements] / p.channels_out;
  k[Feature::kN] = p.channels_out / p.groups;
  k[Feature::kK] = area * (c_in / p.groups);
  k[Feature::kPacking] = static_cast<int64_t>(p.packing);
  k[Feature::kResidual] = p.has_residual;
}

}  // namespace

extern "C" {
extern const OpDef adze_op_conv2d;
const OpDef adze_op_conv2d = {"conv2d", Infer, FillKey};
}

}  // namespace adze
