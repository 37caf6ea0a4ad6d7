// SPDX-License-Identifier: Apache-2.0
// The definition of bitwise_xor.
#include "op-registry/ops/binary_infer.h"
#include "op-registry/ops/elementwise.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "bitwise_xor", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_bitwise_xor;
const OpDef adze_op_bitwise_xor = {"bitwise_xor", InferPair, FillKey};
}

}  // namespace adze
