// SPDX-License-Identifier: Apache-2.0
// The definition of sub.
#include "op-registry/ops/binary_infer.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "sub", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_sub;
const OpDef adze_op_sub = {"sub", InferBinary, FillKey};
}

}  // namespace adze
