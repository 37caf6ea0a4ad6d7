// SPDX-License-Identifier: Apache-2.0
// The definition of sinh.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "sinh", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_sinh;
const OpDef adze_op_sinh = {"sinh", InferMap, FillKey};
}

}  // namespace adze
