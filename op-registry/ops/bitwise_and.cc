// SPDX-License-Identifier: Apache-2.0
// The definition of bitwise_and.
#include "op-registry/ops/binary_infer.h"
#include "op-registry/ops/elementwise.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "bitwise_and", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_bitwise_and;
const OpDef adze_op_bitwise_and = {"bitwise_and", InferPair, FillKey};
}

}  // namespace adze
