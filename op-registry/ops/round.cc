// SPDX-License-Identifier: Apache-2.0
// The definition of round.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "round", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_round;
const OpDef adze_op_round = {"round", InferMap, FillKey};
}

}  // namespace adze
