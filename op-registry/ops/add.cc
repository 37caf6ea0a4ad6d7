// SPDX-License-Identifier: Apache-2.0
// The definition of add.
#include "op-registry/ops/binary_infer.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "add", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_add;
const OpDef adze_op_add = {"add", InferBinary, FillKey};
}

}  // namespace adze
