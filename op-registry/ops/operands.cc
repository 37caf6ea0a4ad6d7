// SPDX-License-Identifier: Apache-2.0
// Checks of operands shared by the definitions of ops.
#include "op-registry/ops/operands.h"

namespace adze {

Status Refuse(Detail detail, int64_t got, int64_t want) { return Damaged(detail, got, want); }

Status CheckType(const Tensor& t, DType want) {
  if (t.dtype == want) return OkStatus();
  return Refuse(Detail::kDTypeMismatch, static_cast<int64_t>(t.dtype), static_cast<int64_t>(want));
}

Status CheckRank(const Tensor& t, int want) { return t.shape.rank == want ? OkStatus() : Refuse(Detail::kRank, t.shape.rank, want); }

Status CheckShape(const Tensor& t, const Shape& want) {
  ADZE_RETURN_IF_ERROR(CheckRank(t, want.rank));
  for (int i = 0; i < want.rank; ++i) {
    if (t.dim(i) != want.dims[i]) return Refuse(Detail::kDimension, t.dim(i), want.dims[i]);
  }
  return OkStatus();
}

Status CheckClamp(const ClampRange& clamp) { return IsValid(clamp) ? OkStatus() : Refuse(Detail::kParamsValue); }

Status CheckNoParams(const NodeArgs& node) {
  return node.params_bytes == 0 ? OkStatus() : Refuse(Detail::kParamsSize, node.params_bytes, 0);
}

Status CheckWeights(const NodeArgs& node, int i, DType type, const Shape& shape) {
  ADZE_RETURN_IF_ERROR(CheckType(*node.in[i], type));
  ADZE_RETURN_IF_ERROR(CheckShape(*node.in[i], shape));
  return IsDense(*node.in[i]) ? OkStatus() : Refuse(Detail::kBadTensor, i);
}

Status CheckOutput(const TensorType& out) {
  return ElementCount(out.shape) >= 0 ? OkStatus() : Refuse(Detail::kTooLarge, kMaxTensorBytes, kMaxTensorBytes);
}

Status InferLikeInput(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  ADZE_RETURN_IF_ERROR(CheckType(*node.in[0], DType::kF32));
  *out = {DType::kF32, node.in[0]->shape};
  return OkStatus();
}

void StartKey(const NodeArgs& node, const char* op, int n_in_types, bool out_type, Key* key) {
  *key = Key();
  key->op = op;
  for (int i = 0; i < n_in_types; ++i) key->types[key->n_types++] = node.in[i]->dtype;
  if (out_type) key->types[key->n_types++] = node.out[0]->dtype;
  SetCommonFeatures(node, key);
}

}  // namespace adze
