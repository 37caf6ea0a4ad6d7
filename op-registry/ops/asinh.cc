// SPDX-License-Identifier: Apache-2.0
// The definition of asinh.
#include "op-registry/ops/elementwise.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "asinh", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_asinh;
const OpDef adze_op_asinh = {"asinh", InferMap, FillKey};
}

}  // namespace adze
