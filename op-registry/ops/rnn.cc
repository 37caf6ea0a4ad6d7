// SPDX-License-Identifier: Apache-2.0
// The definition of rnn.
#include "op-registry/ops/recurrent_infer.h"

namespace adze {
namespace {

constexpr RecurrentKind kKind = {"rnn", 1, 1, kHidden0 | kLengths};

Status Infer(const NodeArgs& node, TensorType* out) { return InferRecurrent(node, kKind, out); }
void FillKey(const NodeArgs& node, Key* key) { FillRecurrentKey(node, kKind, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_rnn;
const OpDef adze_op_rnn = {"rnn", Infer, FillKey};
}

}  // namespace adze
