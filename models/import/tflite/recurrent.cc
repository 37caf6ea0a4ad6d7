// SPDX-License-Identifier: Apache-2.0
// TFLite LSTM, RNN, their sequences in one direction and both, and SVDF. States that are variables start every run from zeros, as the
// interpreter's first run does: a model that is meant to be called step by step has to be exported with its states as inputs and outputs.
#include "models/import/recurrent.h"

#include <cmath>

#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

Gate GateOf(tflite::Activation activation) {
  if (activation == tflite::Activation_TANH) return {GateFunction::kTanh};
  const ClampRange range = ActivationRange(activation);
  return {GateFunction::kClamp, {}, range.lo, range.hi};
}

float ClipOf(float clip, const char* what) {
  if (!(clip >= 0)) throw ContradictionError(std::string(what) + " is " + std::to_string(clip) + "; it must be at least 0");
  return clip > 0 ? clip : INFINITY;
}

std::vector<float> Constant(TfliteNode& node, int input, const char* what, const Dims& dims) {
  const int value = node.ConstantInput(input, what);
  if (node.DimsOf(value) != dims)
    throw ContradictionError(std::string(what) + " has shape " + DimsText(node.DimsOf(value)) + "; it must be " + DimsText(dims));
  return node.FloatsOf(value, what);
}

void Append(std::vector<float>* to, const std::vector<float>& more) { to->insert(to->end(), more.begin(), more.end()); }

// Rows of b behind those of a, side by side.
std::vector<float> Beside(const std::vector<float>& a, const std::vector<float>& b, int64_t rows) {
  const auto wa = static_cast<int64_t>(a.size()) / rows, wb = static_cast<int64_t>(b.size()) / rows;
  std::vector<float> joined;
  for (int64_t i = 0; i < rows; ++i) {
    joined.insert(joined.end(), a.begin() + i * wa, a.begin() + (i + 1) * wa);
    joined.insert(joined.end(), b.begin() + i * wb, b.begin() + (i + 1) * wb);
  }
  return joined;
}

// x as [T, B, I]: stored so, with the batch first, or one step of it.
int Sequence(TfliteNode& node, int x, bool time_major) {
  if (node.RankOf(x) != 3) throw ContradictionError("an input of shape " + DimsText(node.DimsOf(x)) + "; it must have rank 3");
  return time_major ? x : node.Transpose(x, {1, 0, 2});
}
int OneStep(TfliteNode& node, int x) {
  const Dims dims = node.DimsOf(x);
  if (dims.size() != 2) throw ContradictionError("an input of shape " + DimsText(dims) + "; it must have rank 2");
  return node.Reshape(x, {1, dims[0], dims[1]});
}
int FromSequence(TfliteNode& node, int y, bool time_major) { return time_major ? y : node.Transpose(y, {1, 0, 2}); }

// Which inputs of the node belong to one LSTM, in groups: input, forget, cell, output. -1: it has none.
struct LstmInputs {
  int w = 1, r = 5, peepholes = 9, bias = 12, projection = 16, hidden = 18, cell = 19, norm = 20, aux = -1;
};

// Where our gates i, o, f, n stand among those, and our peepholes i, o, f.
constexpr int kGateOrder[] = {0, 3, 1, 2};
constexpr int kPeepholeOrder[] = {0, 2, 1};

struct LstmSizes {
  int64_t inputs, aux, hidden, projected;
};

// The recurrent weights of a gate; one number a unit stands for a diagonal.
std::vector<float> RecurrentRows(TfliteNode& node, int input, const LstmSizes& s) {
  const int value = node.ConstantInput(input, "recurrent weights");
  if (node.DimsOf(value) != Dims{s.hidden} || s.hidden != s.projected)
    return Constant(node, input, "recurrent weights", {s.hidden, s.projected});
  const std::vector<float> diagonal = node.FloatsOf(value, "recurrent weights");
  std::vector<float> rows(static_cast<size_t>(s.hidden * s.hidden), 0.0F);
  for (int64_t i = 0; i < s.hidden; ++i) rows[static_cast<size_t>(i * s.hidden + i)] = diagonal[static_cast<size_t>(i)];
  return rows;
}

// x (with the auxiliary input beside it, where it has weights) through one LSTM; its y, whose last row is none of the steps.
int RunLstm(TfliteNode& node, int x, int aux, const LstmInputs& in, RecurrentParams p) {
  const Dims w = node.DimsOf(node.ConstantInput(in.w + 1, "input weights"));
  const Dims r = node.DimsOf(node.ConstantInput(in.r + 1, "recurrent weights"));
  if (w.size() != 2 || r.empty() || r.size() > 2) throw ContradictionError("weights of shape " + DimsText(w) + " and " + DimsText(r));
  const bool has_aux = aux >= 0 && in.aux >= 0 && node.HasInput(in.aux + 1);
  const LstmSizes s = {node.DimsOf(x)[2], has_aux ? node.DimsOf(aux)[2] : 0, w[0], r.back()};
  if (s.hidden < 1 || s.projected < 1 || s.hidden > (1 << 24) || s.projected > (1 << 24))
    throw ContradictionError("weights of shape " + DimsText(w));
  const bool coupled = !node.HasInput(in.w), norm = in.norm >= 0 && node.HasInput(in.norm + 1), peepholes = node.HasInput(in.peepholes + 1);
  p.hidden = static_cast<int32_t>(s.hidden);
  p.projected = static_cast<int32_t>(s.projected);
  if (coupled) p.options |= kInputFromForget;
  RecurrentWeights weights;
  std::vector<float> coefficients, peeps;
  for (const int g : kGateOrder) {
    if (g == 0 && coupled) continue;
    std::vector<float> rows = Constant(node, in.w + g, "input weights", {s.hidden, s.inputs});
    if (has_aux) rows = Beside(rows, Constant(node, in.aux + g, "auxiliary weights", {s.hidden, s.aux}), s.hidden);
    Append(&weights.w, rows);
    Append(&weights.r, RecurrentRows(node, in.r + g, s));
    Append(&weights.bias, Constant(node, in.bias + g, "a bias", {s.hidden}));
    if (norm) Append(&coefficients, Constant(node, in.norm + g, "layer norm coefficients", {s.hidden}));
  }
  for (const int g : kPeepholeOrder) {
    if (!peepholes) continue;
    Append(&peeps, g == 0 && coupled ? std::vector<float>(static_cast<size_t>(s.hidden), 0.0F)
                                     : Constant(node, in.peepholes + g, "peephole weights", {s.hidden}));
  }
  if (peepholes) weights.optional.emplace_back(kPeepholes, peeps);
  if (norm) weights.optional.emplace_back(kLayerNorm, coefficients);
  if (node.HasInput(in.projection)) {
    weights.optional.emplace_back(kProjection, Constant(node, in.projection, "projection weights", {s.projected, s.hidden}));
    if (node.HasInput(in.projection + 1))
      weights.optional.emplace_back(kProjectionBias, Constant(node, in.projection + 1, "the projection's bias", {s.projected}));
  } else if (s.projected != s.hidden) {
    throw ContradictionError("weights of shape " + DimsText(w) + " and " + DimsText(r) + " without a projection");
  }
  const RecurrentState state = {node.StateInput(in.hidden), node.StateInput(in.cell), -1};
  const bool plain = weights.optional.empty() && IsPlainLstm(p);
  const int y = EmitRecurrent(node, plain ? "lstm" : "lstm_full", has_aux ? node.Concat({x, aux}, 2) : x, weights, state, p);
  return StepsOf(node, y, node.DimsOf(x)[0]);
}

template <typename Options>
RecurrentParams LstmParamsOf(const Options& o) {
  RecurrentParams p;
  p.g = p.h = GateOf(o.activation());
  p.cell_clip = ClipOf(o.cell_clip(), "cell_clip");
  p.projection_clip = ClipOf(o.proj_clip(), "proj_clip");
  return p;
}

// One weight matrix [4 H, I + H] of gates i, n, f, o; the last outputs are scratch of the interpreter.
void BasicLstm(TfliteNode& node, int x) {
  const Dims w = node.DimsOf(node.ConstantInput(2, "the weights"));
  const int64_t inputs = node.DimsOf(x)[2];
  if (w.size() != 2 || w[0] < 4 || w[0] % 4 != 0 || w[1] != inputs + w[0] / 4)
    throw ContradictionError("weights of shape " + DimsText(w) + " do not fit " + std::to_string(inputs) + " inputs");
  const int64_t hidden = w[0] / 4;
  const std::vector<float> all = Constant(node, 2, "the weights", w), bias = Constant(node, 3, "the bias", {w[0]});
  RecurrentWeights weights;
  for (const int64_t g : {0, 3, 2, 1}) {
    for (int64_t i = g * hidden; i < (g + 1) * hidden; ++i) {
      const auto row = all.begin() + i * w[1];
      weights.w.insert(weights.w.end(), row, row + inputs);
      weights.r.insert(weights.r.end(), row + inputs, row + w[1]);
      weights.bias.push_back(bias[static_cast<size_t>(i)]);
    }
  }
  RecurrentParams p;
  p.hidden = p.projected = static_cast<int32_t>(hidden);
  p.options = kCellOut;
  const RecurrentState state = {node.StateInput(1), node.StateInput(4), -1};
  const int y = EmitRecurrent(node, "lstm_full", x, weights, state, p);
  const Dims dims = {node.DimsOf(x)[1], hidden};
  node.SetOutputAt(0, node.Reshape(LastOf(node, y, 1), dims));
  if (node.OutputCount() > 1) node.SetOutputAt(1, node.Reshape(LastOf(node, y, 2), dims));
}

void Lstm(TfliteNode& node) {
  const auto& o = node.Options<tflite::LstmOptions>();
  const int x = OneStep(node, node.FloatInput(0));
  if (o.kernel_type() == 1) return BasicLstm(node, x);
  if (o.kernel_type() != 0) throw DamageError("the kernel type " + std::to_string(o.kernel_type()) + " is unknown");
  const int y = RunLstm(node, x, -1, {}, LstmParamsOf(o));
  const Dims dims = node.DimsOf(y);
  node.SetOutput(node.Reshape(y, {dims[1], dims[2]}));
}

void SequenceLstm(TfliteNode& node) {
  const auto& o = node.Options<tflite::UnidirectionalSequenceLstmOptions>();
  const int x = Sequence(node, node.FloatInput(0), o.time_major());
  node.SetOutput(FromSequence(node, RunLstm(node, x, -1, {}, LstmParamsOf(o)), o.time_major()));
}

// Both directions' outputs, side by side or one each.
void SetBoth(TfliteNode& node, int forward, int backward, bool merge, bool time_major) {
  if (merge) return node.SetOutputAt(0, FromSequence(node, node.Concat({forward, backward}, 2), time_major));
  if (node.OutputCount() != 2) throw DamageError("it has " + std::to_string(node.OutputCount()) + " outputs where 2 are due");
  node.SetOutputAt(0, FromSequence(node, forward, time_major));
  node.SetOutputAt(1, FromSequence(node, backward, time_major));
}

// An auxiliary input without weights of its own is what the backward direction reads.
struct BothInputs {
  int x, aux, backward;
};
BothInputs InputsOfBoth(TfliteNode& node, int aux_input, int aux_weights, bool time_major) {
  const int x = Sequence(node, node.FloatInput(0), time_major);
  const int aux = node.HasInput(aux_input) ? Sequence(node, node.FloatInput(aux_input), time_major) : -1;
  return {x, aux, aux >= 0 && !node.HasInput(aux_weights) ? aux : x};
}

void BothLstm(TfliteNode& node) {
  const auto& o = node.Options<tflite::BidirectionalSequenceLstmOptions>();
  const BothInputs in = InputsOfBoth(node, 39, 41, o.time_major());
  RecurrentParams p = LstmParamsOf(o);
  const int forward = RunLstm(node, in.x, in.aux, {1, 5, 9, 12, 16, 35, 36, -1, 40}, p);
  p.reverse = 1;
  const int backward = RunLstm(node, in.backward, in.aux, {18, 22, 26, 29, 33, 37, 38, -1, 44}, p);
  SetBoth(node, forward, backward, o.merge_outputs(), o.time_major());
}

// Inputs from `first` on: weights, recurrent weights, bias, state.
int RunRnn(TfliteNode& node, int x, int aux, int first, int aux_weights, const Gate& f, bool reverse) {
  const Dims r = node.DimsOf(node.ConstantInput(first + 1, "recurrent weights"));
  if (r.size() != 2 || r[0] < 1 || r[0] > (1 << 24)) throw ContradictionError("recurrent weights of shape " + DimsText(r));
  const bool has_aux = aux >= 0 && node.HasInput(aux_weights);
  RecurrentWeights weights;
  weights.w = Constant(node, first, "input weights", {r[0], node.DimsOf(x)[2]});
  if (has_aux) weights.w = Beside(weights.w, Constant(node, aux_weights, "auxiliary weights", {r[0], node.DimsOf(aux)[2]}), r[0]);
  weights.r = Constant(node, first + 1, "recurrent weights", {r[0], r[0]});
  weights.bias = Constant(node, first + 2, "the bias", {r[0]});
  RecurrentParams p;
  p.hidden = p.projected = static_cast<int32_t>(r[0]);
  p.f = f;
  p.reverse = reverse ? 1 : 0;
  const RecurrentState state = {node.StateInput(first + 3), -1, -1};
  return StepsOf(node, EmitRecurrent(node, "rnn", has_aux ? node.Concat({x, aux}, 2) : x, weights, state, p), node.DimsOf(x)[0]);
}

void Rnn(TfliteNode& node) {
  const int x = OneStep(node, node.FloatInput(0));
  const int y = RunRnn(node, x, -1, 1, -1, GateOf(node.Options<tflite::RnnOptions>().activation()), false);
  node.SetOutput(node.Reshape(y, {node.DimsOf(y)[1], node.DimsOf(y)[2]}));
}

void SequenceRnn(TfliteNode& node) {
  const auto& o = node.Options<tflite::SequenceRnnOptions>();
  const int x = Sequence(node, node.FloatInput(0), o.time_major());
  node.SetOutput(FromSequence(node, RunRnn(node, x, -1, 1, -1, GateOf(o.activation()), false), o.time_major()));
}

void BothRnn(TfliteNode& node) {
  const auto& o = node.Options<tflite::BidirectionalSequenceRnnOptions>();
  const BothInputs in = InputsOfBoth(node, 9, 10, o.time_major());
  const Gate f = GateOf(o.activation());
  const int forward = RunRnn(node, in.x, in.aux, 1, 10, f, false);
  const int backward = RunRnn(node, in.backward, in.aux, 5, 11, f, true);
  SetBoth(node, forward, backward, o.merge_outputs(), o.time_major());
}

// Filters over features, each remembered for some steps and weighted in time; `rank` of them sum up to a unit. Of a memory of zeros only the newest
// step counts: a fully connected layer.
void Svdf(TfliteNode& node) {
  const auto& o = node.Options<tflite::SvdfOptions>();
  const int x = node.FloatInput(0);
  const Dims dx = node.DimsOf(x), df = node.DimsOf(node.ConstantInput(1, "feature weights")),
             dt = node.DimsOf(node.ConstantInput(2, "time weights"));
  if (dx.size() != 2 || df.size() != 2 || dt.size() != 2 || dt[0] != df[0] || df[1] != dx[1] || dt[1] < 1 || o.rank() < 1 ||
      df[0] % o.rank() != 0) {
    throw ContradictionError("an input of shape " + DimsText(dx) + " and weights of shape " + DimsText(df) + " and " + DimsText(dt) +
                             " do not fit rank " + std::to_string(o.rank()));
  }
  if (node.StateInput(4) >= 0) throw NodeError("a state that is no variable is not supported");
  const std::vector<float> feature = Constant(node, 1, "feature weights", df), time = Constant(node, 2, "time weights", dt);
  const int64_t units = df[0] / o.rank();
  std::vector<float> rows(static_cast<size_t>(units * df[1]));
  for (int64_t u = 0; u < units; ++u) {
    for (int64_t i = 0; i < df[1]; ++i) {
      double sum = 0;
      for (int64_t f = u * o.rank(); f < (u + 1) * o.rank(); ++f) {
        sum += static_cast<double>(feature[static_cast<size_t>(f * df[1] + i)]) *
               static_cast<double>(time[static_cast<size_t>((f + 1) * dt[1] - 1)]);
      }
      rows[static_cast<size_t>(u * df[1] + i)] = static_cast<float>(sum);
    }
  }
  FullyConnectedParams p;
  p.clamp = ActivationRange(o.activation());
  const int bias = node.HasInput(3) ? node.ConstantInput(3, "the bias") : -1;
  node.SetOutput(node.MatrixProduct(x, node.FloatConstant("weights", {units, df[1]}, rows), bias, p));
}

}  // namespace

std::vector<TfliteOp> TfliteRecurrentOps() {
  return {{16, "LSTM", Lstm, true},
          {24, "RNN", Rnn},
          {27, "SVDF", Svdf},
          {35, "UNIDIRECTIONAL_SEQUENCE_RNN", SequenceRnn},
          {44, "UNIDIRECTIONAL_SEQUENCE_LSTM", SequenceLstm},
          {46, "BIDIRECTIONAL_SEQUENCE_RNN", BothRnn, true},
          {52, "BIDIRECTIONAL_SEQUENCE_LSTM", BothLstm, true}};
}

}  // namespace adze::import
