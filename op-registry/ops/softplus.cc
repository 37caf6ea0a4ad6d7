// SPDX-License-Identifier: Apache-2.0
// The definition of softplus.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "softplus", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_softplus;
const OpDef adze_op_softplus = {"softplus", InferMap, FillKey};
}

}  // namespace adze
