// SPDX-License-Identifier: Apache-2.0
// The definition of bitwise_or.
#include "op-registry/ops/binary_infer.h"
#include "op-registry/ops/elementwise.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "bitwise_or", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_bitwise_or;
const OpDef adze_op_bitwise_or = {"bitwise_or", InferPair, FillKey};
}

}  // namespace adze
