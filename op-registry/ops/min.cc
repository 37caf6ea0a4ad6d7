// SPDX-License-Identifier: Apache-2.0
// The definition of min.
#include "op-registry/ops/binary_infer.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "min", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_min;
const OpDef adze_op_min = {"min", InferBinary, FillKey};
}

}  // namespace adze
