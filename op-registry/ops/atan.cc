// SPDX-License-Identifier: Apache-2.0
// The definition of atan.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "atan", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_atan;
const OpDef adze_op_atan = {"atan", InferMap, FillKey};
}

}  // namespace adze
