// SPDX-License-Identifier: Apache-2.0
// The definition of tanh.
#include "op-registry/ops/operands.h"
#include "op-registry/ops/unary.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(CheckNoParams(node));
  return InferLikeInput(node, out);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "tanh", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_tanh;
const OpDef adze_op_tanh = {"tanh", Infer, FillKey};
}

}  // namespace adze
