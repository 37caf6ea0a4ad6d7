// SPDX-License-Identifier: Apache-2.0
// The definition of acosh.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "acosh", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_acosh;
const OpDef adze_op_acosh = {"acosh", InferMap, FillKey};
}

}  // namespace adze
