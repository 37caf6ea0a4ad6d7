// SPDX-License-Identifier: Apache-2.0
// What the definitions of lstm_full, gru and rnn share.
#pragma once

#include "op-registry/core/op.h"
#include "op-registry/ops/recurrent.h"

namespace adze {

// One of the three ops.
struct RecurrentKind {
  const char* name;
  int gates;
  int groups;        // of packed w and r
  uint32_t options;  // that it knows
};

Status InferRecurrent(const NodeArgs& node, const RecurrentKind& kind, TensorType* out);
void FillRecurrentKey(const NodeArgs& node, const RecurrentKind& kind, Key* key);

}  // namespace adze
