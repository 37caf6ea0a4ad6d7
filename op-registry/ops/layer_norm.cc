// SPDX-License-Identifier: Apache-2.0
// The definition of layer_norm.
#include "op-registry/ops/layer_norm.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  LayerNormParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  if (!(p.epsilon >= 0 && p.epsilon <= __FLT_MAX__)) return Refuse(Detail::kParamsValue);
  ADZE_RETURN_IF_ERROR(CheckArity(node, 3, 3, 1));
  const Tensor& x = *node.in[0];
  ADZE_RETURN_IF_ERROR(CheckType(x, DType::kF32));
  if (x.shape.rank < 1) return Refuse(Detail::kRank, x.shape.rank, 1);
  const int32_t c = x.dim(x.shape.rank - 1);
  if (c < 1) return Refuse(Detail::kDimension, c, 1);
  for (int i = 1; i < 3; ++i) ADZE_RETURN_IF_ERROR(CheckWeights(node, i, DType::kF32, {1, {c}}));
  *out = {DType::kF32, x.shape};
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "layer_norm", 1, false, key);
  const Shape& x = node.in[0]->shape;
  const int32_t c = x.dims[x.rank - 1];
  (*key)[Feature::kM] = (*key)[Feature::kElements] / c;
  (*key)[Feature::kN] = c;
}

}  // namespace

extern "C" {
extern const OpDef adze_op_layer_norm;
const OpDef adze_op_layer_norm = {"layer_norm", Infer, FillKey};
}

}  // namespace adze
