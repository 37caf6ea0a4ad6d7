// SPDX-License-Identifier: Apache-2.0
// The definition of abs.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "abs", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_abs;
const OpDef adze_op_abs = {"abs", InferMap, FillKey};
}

}  // namespace adze
