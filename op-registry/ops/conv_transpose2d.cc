// SPDX-License-Identifier: Apache-2.0
// The definition of conv_transpose2d.
#include "op-registry/ops/conv_transpose2d.h"

#include "op-registry/ops/operands.h"
#include "op-registry/ops/window.h"

namespace adze {
namespace {

Status CheckParams(const ConvTranspose2dParams& p, const Shape& x) {
  const int32_t sizes[] = {p.kernel_h, p.kernel_w, p.stride_h, p.stride_w, p.dilation_h, p.dilation_w, p.out_h, p.out_w};
  for (const int32_t value : sizes) {
    if (value < 1 || value > kMaxWindowValue) return Refuse(Detail::kParamsValue, value);
  }
  const int32_t pads[] = {p.pad_top, p.pad_left};
  for (const int32_t value : pads) {
    if (value < 0 || value > kMaxWindowValue) return Refuse(Detail::kParamsValue, value);
  }
  const int64_t area = int64_t{p.kernel_h} * p.kernel_w;
  if (area > INT32_MAX) return Refuse(Detail::kTooLarge, area, INT32_MAX);
  for (int d = 1; d < 4; ++d) {
    if (x.dims[d] < 1) return Refuse(Detail::kDimension, x.dims[d], 1);
  }
  if (p.channels_out < 1) return Refuse(Detail::kParamsValue, p.channels_out);
  if (p.groups < 1 || x.dims[3] % p.groups != 0 || p.channels_out % p.groups != 0) return Refuse(Detail::kParamsValue, p.groups);
  return CheckClamp(p.clamp);
}

Status Infer(const NodeArgs& node, TensorType* out) {
  ConvTranspose2dParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 3, 1));
  const Tensor& x = *node.in[0];
  ADZE_RETURN_IF_ERROR(CheckType(x, DType::kF32));
  if (x.shape.rank != 4) return Refuse(Detail::kRank, x.shape.rank, 4);
  ADZE_RETURN_IF_ERROR(CheckParams(p, x.shape));
  TensorType y;
  y.shape = {4, {x.dim(0), p.out_h, p.out_w, p.channels_out}};
  ADZE_RETURN_IF_ERROR(CheckOutput(y));
  ADZE_RETURN_IF_ERROR(CheckWeights(node, 1, DType::kF32, {4, {p.channels_out, p.kernel_h, p.kernel_w, x.dim(3) / p.groups}}));
  if (node.n_in == 3) ADZE_RETURN_IF_ERROR(CheckWeights(node, 2, DType::kF32, {1, {p.channels_out}}));
  *out = y;
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "conv_transpose2d", 2, true, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_conv_transpose2d;
const OpDef adze_op_conv_transpose2d = {"conv_transpose2d", Infer, FillKey};
}

}  // namespace adze
