// SPDX-License-Identifier: Apache-2.0
// One direction of one recurrent layer.
#include "models/import/recurrent.h"

#include <algorithm>
#include <cmath>

#include "op-registry/ops/lstm.h"

namespace adze::import {
namespace {

// Sizes of a direction by its op and params.
struct Sizes {
  int64_t batch, inputs, hidden, projected, rows;  // rows: of w
};

Dims DimsOf(RecurrentOption option, const Sizes& s) {
  switch (option) {
    case kRecurrentBias: return {s.hidden};
    case kPeepholes: return {3 * s.hidden};
    case kLayerNorm: return {s.rows};
    case kProjection: return {s.projected, s.hidden};
    default: return {s.projected};
  }
}

// The plain op knows both states or none.
int EmitPlainLstm(Lowering& node, std::vector<int> inputs, const RecurrentState& state, const RecurrentParams& params, const Sizes& s) {
  const auto given = [&](int value) {
    return value >= 0 ? value
                      : node.FloatConstant("zeros", {s.batch, s.hidden}, std::vector<float>(static_cast<size_t>(s.batch * s.hidden)));
  };
  if (state.hidden >= 0 || state.cell >= 0) {
    inputs.push_back(given(state.hidden));
    inputs.push_back(given(state.cell));
  }
  LstmParams p;
  p.hidden = params.hidden;
  p.reverse = params.reverse;
  return node.Emit("lstm", inputs, p);
}

}  // namespace

bool IsPlainLstm(const RecurrentParams& p) {
  const bool unbounded = std::isinf(p.clip) && std::isinf(p.cell_clip);
  return (p.options & ~(kHidden0 | kCell0)) == 0 && unbounded && p.f.function == GateFunction::kSigmoid &&
         p.g.function == GateFunction::kTanh && p.h.function == GateFunction::kTanh;
}

int EmitRecurrent(Lowering& node, const std::string& op, int x, const RecurrentWeights& weights, const RecurrentState& state,
                  RecurrentParams params) {
  if (state.hidden >= 0) params.options |= kHidden0;
  if (state.cell >= 0) params.options |= kCell0;
  if (state.lengths >= 0) params.options |= kLengths;
  for (const auto& [option, values] : weights.optional) params.options |= option;
  const Dims dims = node.DimsOf(x);
  const Sizes s = {dims[1], dims[2], params.hidden, params.projected, static_cast<int64_t>(weights.bias.size())};
  std::vector<int> inputs = {x, node.FloatConstant("w", {s.rows, s.inputs}, weights.w),
                             node.FloatConstant("r", {s.rows, s.projected}, weights.r), node.FloatConstant("bias", {s.rows}, weights.bias)};
  if (op == "lstm") return EmitPlainLstm(node, inputs, state, params, s);
  for (const int value : {state.hidden, state.cell, state.lengths}) {
    if (value >= 0) inputs.push_back(value);
  }
  for (uint32_t bit = kRecurrentBias; bit <= kProjectionBias; bit <<= 1) {
    for (const auto& [option, values] : weights.optional) {
      if (option == static_cast<RecurrentOption>(bit)) inputs.push_back(node.FloatConstant("option", DimsOf(option, s), values));
    }
  }
  return node.Emit(op.c_str(), inputs, params);
}

int StepsOf(Lowering& node, int y, int64_t steps) {
  const Dims dims = node.DimsOf(y);
  return dims[0] == steps ? y : node.Slice(y, {0, 0, 0}, {1, 1, 1}, {steps, dims[1], dims[2]});
}

int LastOf(Lowering& node, int y, int64_t row) {
  const Dims dims = node.DimsOf(y);
  return node.Slice(y, {row, 0, 0}, {1, 1, 1}, {1, dims[1], dims[2]});
}

}  // namespace adze::import
