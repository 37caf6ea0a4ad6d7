// SPDX-License-Identifier: Apache-2.0
// The definition of tan.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "tan", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_tan;
const OpDef adze_op_tan = {"tan", InferMap, FillKey};
}

}  // namespace adze
