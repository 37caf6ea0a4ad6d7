// SPDX-License-Identifier: Apache-2.0
// The definition of atanh.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "atanh", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_atanh;
const OpDef adze_op_atanh = {"atanh", InferMap, FillKey};
}

}  // namespace adze
