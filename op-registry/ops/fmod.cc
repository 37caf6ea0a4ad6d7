// SPDX-License-Identifier: Apache-2.0
// The definition of fmod.
#include "op-registry/ops/binary_infer.h"
#include "op-registry/ops/elementwise.h"

namespace adze {
namespace {

void FillKey(const NodeArgs& node, Key* key) { BinaryKey(node, "fmod", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_fmod;
const OpDef adze_op_fmod = {"fmod", InferPair, FillKey};
}

}  // namespace adze
