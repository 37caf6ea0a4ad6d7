// SPDX-License-Identifier: Apache-2.0
// The definition of cosh.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "cosh", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_cosh;
const OpDef adze_op_cosh = {"cosh", InferMap, FillKey};
}

}  // namespace adze
