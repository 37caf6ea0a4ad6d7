// SPDX-License-Identifier: Apache-2.0
// The definition of where.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(CheckNoParams(node));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 3, 3, 1));
  ADZE_RETURN_IF_ERROR(CheckType(*node.in[0], DType::kBool));
  ADZE_RETURN_IF_ERROR(CheckType(*node.in[2], node.in[1]->dtype));
  TensorType y = {node.in[1]->dtype, node.in[0]->shape};
  ADZE_RETURN_IF_ERROR(Broadcast(*node.in[1], &y.shape));
  ADZE_RETURN_IF_ERROR(Broadcast(*node.in[2], &y.shape));
  *out = y;
  return CheckOutput(y);
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "where", 0, true, key);
  const Shape& y = node.out[0]->shape;
  for (int i = 0; i < 3; ++i) {
    if (node.in[i]->shape != y) (*key)[Feature::kBroadcast] = 1;
  }
}

}  // namespace

extern "C" {
extern const OpDef adze_op_where;
const OpDef adze_op_where = {"where", Infer, FillKey};
}

}  // namespace adze
