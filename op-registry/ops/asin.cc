// SPDX-License-Identifier: Apache-2.0
// The definition of asin.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "asin", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_asin;
const OpDef adze_op_asin = {"asin", InferMap, FillKey};
}

}  // namespace adze
