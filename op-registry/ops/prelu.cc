// SPDX-License-Identifier: Apache-2.0
// The definition of prelu.
#include "op-registry/ops/binary_infer.h"
#include "op-registry/ops/elementwise.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "prelu", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_prelu;
const OpDef adze_op_prelu = {"prelu", InferPair, FillKey};
}

}  // namespace adze
