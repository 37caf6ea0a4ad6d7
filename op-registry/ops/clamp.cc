// SPDX-License-Identifier: Apache-2.0
// The definition of clamp.
#include "op-registry/ops/operands.h"
#include "op-registry/ops/unary.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ClampParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckClamp(p.clamp));
  return InferLikeInput(node, out);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "clamp", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_clamp;
const OpDef adze_op_clamp = {"clamp", Infer, FillKey};
}

}  // namespace adze
