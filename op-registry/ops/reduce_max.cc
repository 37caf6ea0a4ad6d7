// SPDX-License-Identifier: Apache-2.0
// The definition of reduce_max.
#include "op-registry/ops/operands.h"
#include "op-registry/ops/reduce_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  if (node.n_in < 1) return Refuse(Detail::kInputCount, 0, 1);
  return IsOrdered(node.in[0]->dtype) ? InferReduce(node, out) : Refuse(Detail::kDTypeMismatch, static_cast<int64_t>(node.in[0]->dtype));
}

void FillKey(const NodeArgs& node, Key* key) { FillReduceKey(node, "reduce_max", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_reduce_max;
const OpDef adze_op_reduce_max = {"reduce_max", Infer, FillKey};
}

}  // namespace adze
