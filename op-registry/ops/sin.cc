// SPDX-License-Identifier: Apache-2.0
// The definition of sin.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "sin", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_sin;
const OpDef adze_op_sin = {"sin", InferMap, FillKey};
}

}  // namespace adze
