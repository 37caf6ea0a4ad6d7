// SPDX-License-Identifier: Apache-2.0
// The definition of mul.
#include "op-registry/ops/binary_infer.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "mul", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_mul;
const OpDef adze_op_mul = {"mul", InferBinary, FillKey};
}

}  // namespace adze
