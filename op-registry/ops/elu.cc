// SPDX-License-Identifier: Apache-2.0
// The definition of elu.
#include "op-registry/ops/operands.h"
#include "op-registry/ops/unary.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  EluParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  if (p.alpha != p.alpha) return Refuse(Detail::kParamsValue);
  return InferLikeInput(node, out);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "elu", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_elu;
const OpDef adze_op_elu = {"elu", Infer, FillKey};
}

}  // namespace adze
