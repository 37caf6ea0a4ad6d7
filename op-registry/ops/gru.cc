// SPDX-License-Identifier: Apache-2.0
// The definition of gru.
#include "op-registry/ops/recurrent_infer.h"

namespace adze {
namespace {

constexpr RecurrentKind kKind = {"gru", 3, 3, kHidden0 | kLengths | kRecurrentBias | kResetAfter};

Status Infer(const NodeArgs& node, TensorType* out) { return InferRecurrent(node, kKind, out); }
void FillKey(const NodeArgs& node, Key* key) { FillRecurrentKey(node, kKind, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_gru;
const OpDef adze_op_gru = {"gru", Infer, FillKey};
}

}  // namespace adze
