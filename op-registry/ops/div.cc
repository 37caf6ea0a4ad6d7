// SPDX-License-Identifier: Apache-2.0
// The definition of div.
#include "op-registry/ops/binary_infer.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "div", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_div;
const OpDef adze_op_div = {"div", InferBinary, FillKey};
}

}  // namespace adze
