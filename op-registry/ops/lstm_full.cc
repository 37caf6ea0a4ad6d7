// SPDX-License-Identifier: Apache-2.0
// The definition of lstm_full.
#include "op-registry/ops/recurrent_infer.h"

namespace adze {
namespace {

constexpr RecurrentKind kKind = {"lstm_full", 4, 1,
                                 kHidden0 | kCell0 | kLengths | kPeepholes | kLayerNorm | kProjection | kProjectionBias | kForgetFromInput |
                                     kInputFromForget | kCellOut};

Status Infer(const NodeArgs& node, TensorType* out) { return InferRecurrent(node, kKind, out); }
void FillKey(const NodeArgs& node, Key* key) { FillRecurrentKey(node, kKind, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_lstm_full;
const OpDef adze_op_lstm_full = {"lstm_full", Infer, FillKey};
}

}  // namespace adze
