// SPDX-License-Identifier: Apache-2.0
// The definition of fully_connected.
#include "op-registry/ops/fully_connected.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

bool IsInt8(int32_t v) { return v >= -128 && v <= 127; }
bool IsScale(float s) { return s > 0 && s <= __FLT_MAX__; }  // false for NaN

Status CheckInt8Params(const FullyConnectedParams& p) {
  if (p.packing != Packing::kNone) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.packing));
  if (p.rescale != RescaleMode::kF64Away) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.rescale));
  const int32_t in_range[] = {p.x_zero_point, p.w_zero_point, p.y_zero_point, p.q_lo, p.q_hi};
  for (const int32_t v : in_range) {
    if (!IsInt8(v)) return Refuse(Detail::kParamsValue, v);
  }
  if (p.q_lo > p.q_hi) return Refuse(Detail::kParamsValue, p.q_lo);
  // Any three such floats have a finite x * w / y in double.
  if (!IsScale(p.x_scale) || !IsScale(p.w_scale) || !IsScale(p.y_scale)) return Refuse(Detail::kParamsValue);
  return OkStatus();
}

Status CheckFloatParams(const FullyConnectedParams& p) {
  if (p.packing > Packing::kPanels16) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.packing));
  if (p.rescale != RescaleMode::kNone) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.rescale));
  return OkStatus();
}

Status Infer(const NodeArgs& node, TensorType* out) {
  FullyConnectedParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  const bool packed = p.packing != Packing::kNone;
  ADZE_RETURN_IF_ERROR(CheckArity(node, packed ? 3 : 2, 3, 1));
  const Tensor& x = *node.in[0];
  ADZE_RETURN_IF_ERROR(CheckRank(x, 2));
  if (x.dtype != DType::kI8) ADZE_RETURN_IF_ERROR(CheckType(x, DType::kF32));
  ADZE_RETURN_IF_ERROR(x.dtype == DType::kI8 ? CheckInt8Params(p) : CheckFloatParams(p));
  ADZE_RETURN_IF_ERROR(CheckClamp(p.clamp));
  const int64_t padded = RoundUp(p.channels_out, kPanelColumns);
  if (p.channels_out < 1 || padded > INT32_MAX) return Refuse(Detail::kParamsValue, p.channels_out);
  const auto panels = static_cast<int32_t>(padded / kPanelColumns);
  const Shape weights = packed ? Shape{4, {1, panels, x.dim(1), kPanelColumns}} : Shape{2, {p.channels_out, x.dim(1)}};
  ADZE_RETURN_IF_ERROR(CheckWeights(node, 1, x.dtype, weights));
  if (node.n_in == 3) {
    const Shape bias{1, {packed ? static_cast<int32_t>(padded) : p.channels_out}};
    ADZE_RETURN_IF_ERROR(CheckWeights(node, 2, x.dtype == DType::kI8 ? DType::kI32 : DType::kF32, bias));
  }
  *out = {x.dtype, {2, {x.dim(0), p.channels_out}}};
  return CheckOutput(*out);
}

void FillKey(const NodeArgs& node, Key* key) {
  const auto p = ParamsOf<FullyConnectedParams>(node.params);
  StartKey(node, "fully_connected", 2, true, key);
  Key& k = *key;
  k[Feature::kM] = node.in[0]->dim(0);
  k[Feature::kN] = p.channels_out;
  k[Feature::kK] = node.in[0]->dim(1);
  k[Feature::kPacking] = static_cast<int64_t>(p.packing);
  k[Feature::kMode] = static_cast<int64_t>(p.rescale);
}

}  // namespace

extern "C" {
extern const OpDef adze_op_fully_connected;
const OpDef adze_op_fully_connected = {"fully_connected", Infer, FillKey};
}

}  // namespace adze
