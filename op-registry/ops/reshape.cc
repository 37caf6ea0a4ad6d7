// SPDX-License-Identifier: Apache-2.0
// The definition of reshape.
#include "op-registry/ops/movement.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(CheckNoParams(node));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  const int64_t n = ElementCount(node.in[0]->shape);
  const int64_t kept = ElementCount(node.out[0]->shape);
  if (n != kept) return Refuse(Detail::kDimension, kept, n);
  *out = {node.in[0]->dtype, node.out[0]->shape};
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "reshape", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_reshape;
const OpDef adze_op_reshape = {"reshape", Infer, FillKey};
}

}  // namespace adze
