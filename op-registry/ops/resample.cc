// SPDX-License-Identifier: Apache-2.0
// The definition of resample.
#include "op-registry/ops/resample.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ResampleParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 3, 3, 1));
  const Tensor& x = *node.in[0];
  const Tensor& weights = *node.in[2];
  ADZE_RETURN_IF_ERROR(CheckType(x, DType::kF32));
  if (p.axis < 0 || p.axis >= x.shape.rank) return Refuse(Detail::kParamsValue, p.axis);
  ADZE_RETURN_IF_ERROR(CheckRank(weights, 2));
  const int32_t taps = weights.dim(1);
  if (taps < 1 || taps > x.dim(p.axis)) return Refuse(Detail::kDimension, taps, x.dim(p.axis));
  ADZE_RETURN_IF_ERROR(CheckType(weights, DType::kF32));
  ADZE_RETURN_IF_ERROR(CheckType(*node.in[1], DType::kI32));
  ADZE_RETURN_IF_ERROR(CheckShape(*node.in[1], {1, {weights.dim(0)}}));
  *out = {DType::kF32, x.shape};
  out->shape.dims[p.axis] = weights.dim(0);
  return CheckOutput(*out);
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "resample", 1, false, key);
  (*key)[Feature::kK] = node.in[2]->shape.dims[1];
}

}  // namespace

extern "C" {
extern const OpDef adze_op_resample;
const OpDef adze_op_resample = {"resample", Infer, FillKey};
}

}  // namespace adze
