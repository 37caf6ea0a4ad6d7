// SPDX-License-Identifier: Apache-2.0
// The definition of less.
#include "op-registry/ops/binary_infer.h"
#include "op-registry/ops/elementwise.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "less", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_less;
const OpDef adze_op_less = {"less", InferComparison, FillKey};
}

}  // namespace adze
