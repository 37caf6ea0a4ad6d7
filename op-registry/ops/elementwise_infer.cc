// SPDX-License-Identifier: Apache-2.0
// Checks and shape rules of the ops of elementwise.h. Which dtypes an op takes is what its rows say; no row takes an odd one.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {

Status Broadcast(const Tensor& t, Shape* shape) {
  ADZE_RETURN_IF_ERROR(CheckRank(t, shape->rank));
  for (int i = 0; i < shape->rank; ++i) {
    // A dim of 1 takes the other's size, be it 0.
    if (shape->dims[i] == 1)
      shape->dims[i] = t.dim(i);
    else if (t.dim(i) != 1 && t.dim(i) != shape->dims[i])
      return Refuse(Detail::kDimension, t.dim(i), shape->dims[i]);
  }
  return OkStatus();
}

Status InferMap(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(CheckNoParams(node));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  *out = {node.in[0]->dtype, node.in[0]->shape};
  return OkStatus();
}

Status InferPair(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(CheckNoParams(node));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 2, 1));
  ADZE_RETURN_IF_ERROR(CheckType(*node.in[1], node.in[0]->dtype));
  TensorType y = {node.in[0]->dtype, node.in[0]->shape};
  ADZE_RETURN_IF_ERROR(Broadcast(*node.in[1], &y.shape));
  *out = y;
  return CheckOutput(y);
}

Status InferComparison(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(InferPair(node, out));
  out->dtype = DType::kBool;
  return OkStatus();
}

}  // namespace adze
