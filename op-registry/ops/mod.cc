// SPDX-License-Identifier: Apache-2.0
// The definition of mod.
#include "op-registry/ops/binary_infer.h"
#include "op-registry/ops/elementwise.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "mod", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_mod;
const OpDef adze_op_mod = {"mod", InferPair, FillKey};
}

}  // namespace adze
