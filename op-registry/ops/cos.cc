// SPDX-License-Identifier: Apache-2.0
// The definition of cos.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "cos", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_cos;
const OpDef adze_op_cos = {"cos", InferMap, FillKey};
}

}  // namespace adze
