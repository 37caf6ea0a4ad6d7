// SPDX-License-Identifier: Apache-2.0
// What the importers of recurrent layers share: one direction of one layer, weights as constants in the order of the ops.
#pragma once

#include "models/import/lowering.h"
#include "op-registry/ops/recurrent.h"

namespace adze::import {

// Weights of a direction. Gates stand in the op's order; `optional` holds a vector or a matrix of `projected` rows for each option from
// kRecurrentBias on that is set.
struct RecurrentWeights {
  std::vector<float> w, r, bias;
  std::vector<std::pair<RecurrentOption, std::vector<float>>> optional;
};

// What a direction is given at run time; -1: nothing.
struct RecurrentState {
  int hidden = -1, cell = -1, lengths = -1;
};

// The y of "lstm_full", "gru" or "rnn", or of a plain "lstm" where that is asked: its last state is then h of its last step.
int EmitRecurrent(Lowering& node, const std::string& op, int x, const RecurrentWeights& weights, const RecurrentState& state,
                  RecurrentParams params);

// Is an lstm_full with these params no more than an lstm?
bool IsPlainLstm(const RecurrentParams& p);

// The steps of y [T, B, P], and its last h and c [1, B, P].
int StepsOf(Lowering& node, int y, int64_t steps);
int LastOf(Lowering& node, int y, int64_t row);

}  // namespace adze::import
