// SPDX-License-Identifier: Apache-2.0
// What the definitions of reductions share.
#include "op-registry/ops/reduce_infer.h"

#include "op-registry/ops/operands.h"

namespace adze {

Status InferReduce(const NodeArgs& node, TensorType* out) {
  ReduceParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  TensorType y = {node.in[0]->dtype, node.in[0]->shape};
  if (p.axes == 0 || p.axes >> y.shape.rank != 0) return Refuse(Detail::kParamsValue, p.axes);
  for (int d = 0; d < y.shape.rank; ++d) {
    if ((p.axes >> d & 1) != 0) y.shape.dims[d] = 1;
  }
  *out = y;
  return OkStatus();
}

void FillReduceKey(const NodeArgs& node, const char* op, Key* key) {
  StartKey(node, op, 1, false, key);
  if (key->types[0] == DType::kBool) key->types[0] = DType::kU8;
}

}  // namespace adze
