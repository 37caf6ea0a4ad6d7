// SPDX-License-Identifier: Apache-2.0
// The definition of max.
#include "op-registry/ops/binary_infer.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "max", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_max;
const OpDef adze_op_max = {"max", InferBinary, FillKey};
}

}  // namespace adze
