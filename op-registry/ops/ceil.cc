// SPDX-License-Identifier: Apache-2.0
// The definition of ceil.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "ceil", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_ceil;
const OpDef adze_op_ceil = {"ceil", InferMap, FillKey};
}

}  // namespace adze
