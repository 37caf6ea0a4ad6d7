// SPDX-License-Identifier: Apache-2.0
// The definition of not_equal.
#include "op-registry/ops/binary_infer.h"
#include "op-registry/ops/elementwise.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "not_equal", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_not_equal;
const OpDef adze_op_not_equal = {"not_equal", InferComparison, FillKey};
}

}  // namespace adze
