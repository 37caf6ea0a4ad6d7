// SPDX-License-Identifier: Apache-2.0
// The definition of log.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "log", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_log;
const OpDef adze_op_log = {"log", InferMap, FillKey};
}

}  // namespace adze
