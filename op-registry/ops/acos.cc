// SPDX-License-Identifier: Apache-2.0
// The definition of acos.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "acos", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_acos;
const OpDef adze_op_acos = {"acos", InferMap, FillKey};
}

}  // namespace adze
