// SPDX-License-Identifier: Apache-2.0
// The definition of pow.
#include "op-registry/ops/binary_infer.h"
#include "op-registry/ops/elementwise.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "pow", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_pow;
const OpDef adze_op_pow = {"pow", InferPair, FillKey};
}

}  // namespace adze
