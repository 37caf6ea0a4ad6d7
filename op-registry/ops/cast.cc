// SPDX-License-Identifier: Apache-2.0
// The definition of cast.
#include "op-registry/ops/cast.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(CheckNoParams(node));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  *out = {node.out[0]->dtype, node.in[0]->shape};
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "cast", 1, true, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_cast;
const OpDef adze_op_cast = {"cast", Infer, FillKey};
}

}  // namespace adze
