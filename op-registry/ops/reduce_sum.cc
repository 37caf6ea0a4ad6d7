// SPDX-License-Identifier: Apache-2.0
// The definition of reduce_sum.
#include "op-registry/ops/operands.h"
#include "op-registry/ops/reduce_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  if (node.n_in < 1) return Refuse(Detail::kInputCount, 0, 1);
  return IsSummable(node.in[0]->dtype) ? InferReduce(node, out) : Refuse(Detail::kDTypeMismatch, static_cast<int64_t>(node.in[0]->dtype));
}

void FillKey(const NodeArgs& node, Key* key) { FillReduceKey(node, "reduce_sum", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_reduce_sum;
const OpDef adze_op_reduce_sum = {"reduce_sum", Infer, FillKey};
}

}  // namespace adze
