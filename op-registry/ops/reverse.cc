// SPDX-License-Identifier: Apache-2.0
// The definition of reverse.
#include "op-registry/ops/movement.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ReverseParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  if (p.axes >> node.in[0]->shape.rank != 0) return Refuse(Detail::kParamsValue, p.axes);
  *out = {node.in[0]->dtype, node.in[0]->shape};
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "reverse", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_reverse;
const OpDef adze_op_reverse = {"reverse", Infer, FillKey};
}

}  // namespace adze
