// SPDX-License-Identifier: Apache-2.0
// The definition of floor.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "floor", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_floor;
const OpDef adze_op_floor = {"floor", InferMap, FillKey};
}

}  // namespace adze
