// SPDX-License-Identifier: Apache-2.0
// The definition of exp.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "exp", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_exp;
const OpDef adze_op_exp = {"exp", InferMap, FillKey};
}

}  // namespace adze
