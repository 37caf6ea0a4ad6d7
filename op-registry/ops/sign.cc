// SPDX-License-Identifier: Apache-2.0
// The definition of sign.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "sign", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_sign;
const OpDef adze_op_sign = {"sign", InferMap, FillKey};
}

}  // namespace adze
