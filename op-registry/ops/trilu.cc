// SPDX-License-Identifier: Apache-2.0
// The definition of trilu.
#include "op-registry/ops/movement.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  TriluParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  if (node.in[0]->shape.rank < 2) return Refuse(Detail::kRank, node.in[0]->shape.rank, 2);
  if (p.upper > 1) return Refuse(Detail::kParamsValue, p.upper);
  *out = {node.in[0]->dtype, node.in[0]->shape};
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "trilu", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_trilu;
const OpDef adze_op_trilu = {"trilu", Infer, FillKey};
}

}  // namespace adze
