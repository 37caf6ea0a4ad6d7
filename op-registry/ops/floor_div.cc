// SPDX-License-Identifier: Apache-2.0
// The definition of floor_div.
#include "op-registry/ops/binary_infer.h"
#include "op-registry/ops/elementwise.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "floor_div", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_floor_div;
const OpDef adze_op_floor_div = {"floor_div", InferPair, FillKey};
}

}  // namespace adze
