// SPDX-License-Identifier: Apache-2.0
// The definition of neg.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "neg", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_neg;
const OpDef adze_op_neg = {"neg", InferMap, FillKey};
}

}  // namespace adze
