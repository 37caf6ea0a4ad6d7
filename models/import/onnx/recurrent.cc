// SPDX-License-Identifier: Apache-2.0
// ONNX LSTM, GRU and RNN: one layer a direction; what comes out of them are slices.
#include "models/import/recurrent.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

struct Sizes {
  int64_t steps, batch, inputs, hidden, directions, gates;
};

// A function of the format; alpha and beta where the file does not give them.
struct Function {
  const char* name;
  GateFunction function;
  int constants;  // how many of alpha, beta it has
  float alpha, beta;
};

const Function* FindFunction(std::string name) {
  static const Function kFunctions[] = {
      {"affine", GateFunction::kAffine, 2, 1, 0},
      {"elu", GateFunction::kElu, 1, 1, 0},
      {"hardsigmoid", GateFunction::kHardSigmoid, 2, 0.2F, 0.5F},
      {"leakyrelu", GateFunction::kLeakyRelu, 1, 0.01F, 0},
      {"relu", GateFunction::kClamp, 0, 0, INFINITY},
      {"scaledtanh", GateFunction::kScaledTanh, 2, 1, 1},
      {"sigmoid", GateFunction::kSigmoid, 0, 0, 0},
      {"softplus", GateFunction::kSoftplus, 0, 0, 0},
      {"softsign", GateFunction::kSoftsign, 0, 0, 0},
      {"tanh", GateFunction::kTanh, 0, 0, 0},
      {"thresholdedrelu", GateFunction::kThresholdedRelu, 1, 1, 0},
  };
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const Function& f : kFunctions) {
    if (name == f.name) return &f;
  }
  return nullptr;
}

// All functions of all directions. activation_alpha and activation_beta hold one number for each function that has one, in their order.
std::vector<Gate> FunctionsOf(OnnxNode& node, const std::vector<std::string>& defaults, int64_t directions) {
  std::vector<std::string> names = node.StringsAttribute("activations");
  if (names.empty()) {
    for (int64_t d = 0; d < directions; ++d) names.insert(names.end(), defaults.begin(), defaults.end());
  }
  if (names.size() != defaults.size() * static_cast<size_t>(directions)) {
    throw DamageError("it has " + std::to_string(names.size()) + " activations where " +
                      std::to_string(defaults.size() * static_cast<size_t>(directions)) + " are due");
  }
  const std::vector<float> alphas = node.FloatsAttribute("activation_alpha"), betas = node.FloatsAttribute("activation_beta");
  size_t alpha = 0, beta = 0;
  std::vector<Gate> gates;
  for (const std::string& name : names) {
    const Function* f = FindFunction(name);
    if (f == nullptr) throw DamageError("the activation " + Quoted(name) + " is unknown");
    Gate gate = {f->function, {}, f->alpha, f->beta};
    if (f->constants > 0 && alpha < alphas.size()) gate.alpha = alphas[alpha++];
    if (f->constants > 1 && beta < betas.size()) gate.beta = betas[beta++];
    gates.push_back(gate);
  }
  return gates;
}

// One direction of a constant [directions, ...] as `dims`, of which it takes gates `order` each `rows` numbers long.
std::vector<float> PartOf(OnnxNode& node, int input, const char* what, int64_t d, const Dims& whole) {
  const int value = node.ConstantInput(input, what);
  if (node.DimsOf(value) != whole) {
    throw ContradictionError(std::string(what) + " has shape " + DimsText(node.DimsOf(value)) + "; it must be " + DimsText(whole));
  }
  const std::vector<float> all = node.FloatsOf(value, what);
  const auto part = static_cast<int64_t>(all.size()) / whole[0];
  return {all.begin() + d * part, all.begin() + (d + 1) * part};
}

// Gates are kept in ONNX's order, which is the ops' own; `left_out` drops one (-1: none).
std::vector<float> WithoutGate(const std::vector<float>& all, int64_t gates, int left_out) {
  const auto each = static_cast<int64_t>(all.size()) / gates;
  std::vector<float> kept;
  for (int64_t g = 0; g < gates; ++g) {
    if (g != left_out) kept.insert(kept.end(), all.begin() + g * each, all.begin() + (g + 1) * each);
  }
  return kept;
}

RecurrentWeights WeightsOf(OnnxNode& node, int64_t d, const Sizes& s, int left_out, bool reset_after) {
  const int64_t rows = s.gates * s.hidden;
  RecurrentWeights weights;
  weights.w = WithoutGate(PartOf(node, 1, "W", d, {s.directions, rows, s.inputs}), s.gates, left_out);
  weights.r = WithoutGate(PartOf(node, 2, "R", d, {s.directions, rows, s.hidden}), s.gates, left_out);
  std::vector<float> bias(static_cast<size_t>(rows), 0.0F);
  if (node.HasInput(3)) {
    const std::vector<float> both = PartOf(node, 3, "B", d, {s.directions, 2 * rows});
    // Both biases of the file are added to the same sums, but that of a GRU that is reset after its product.
    const size_t shared = reset_after ? static_cast<size_t>(2 * s.hidden) : bias.size();
    for (size_t i = 0; i < bias.size(); ++i) bias[i] = both[i] + (i < shared ? both[bias.size() + i] : 0.0F);
    if (reset_after)
      weights.optional.emplace_back(kRecurrentBias,
                                    std::vector<float>(both.begin() + static_cast<int64_t>(bias.size() + shared), both.end()));
  }
  weights.bias = WithoutGate(bias, s.gates, left_out);
  return weights;
}

// Layout 1 has the sequence first, and directions behind it.
int StepsFirst(OnnxNode& node, int x, bool batch_first) { return batch_first ? node.Transpose(x, {1, 0, 2}) : x; }

// The initial state of a direction, [batch, hidden]; -1 where there is none or it is 0.
int StateOf(OnnxNode& node, int input, int64_t d, const Sizes& s, bool batch_first) {
  if (!node.HasInput(input)) return -1;
  const int value = StepsFirst(node, node.FloatInput(input), batch_first);
  const Dims whole = {s.directions, s.batch, s.hidden};
  if (node.DimsOf(value) != whole)
    throw ContradictionError("an initial state has shape " + DimsText(node.DimsOf(value)) + "; it must be " + DimsText(whole));
  if (node.IsConstant(value)) {
    const std::vector<float> all = node.FloatsOf(value, "an initial state");
    if (std::all_of(all.begin(), all.end(), [](float v) { return v == 0; })) return -1;
  }
  return node.Reshape(node.Slice(value, {d, 0, 0}, {1, 1, 1}, {1, s.batch, s.hidden}), {s.batch, s.hidden});
}

// -1 where all sequences have all steps.
int LengthsOf(OnnxNode& node, const Sizes& s) {
  if (!node.HasInput(4)) return -1;
  const int value = node.CastTo(node.Input(4), DType::kI32);
  if (node.DimsOf(value) != Dims{s.batch}) throw ContradictionError("sequence_lens has shape " + DimsText(node.DimsOf(value)));
  if (!node.IsConstant(value)) return value;
  const std::vector<int64_t> lengths = node.IntsOf(value, "sequence_lens");
  for (const int64_t n : lengths) {
    if (n < 0 || n > s.steps)
      throw ContradictionError("a sequence of length " + std::to_string(n) + " among " + std::to_string(s.steps) + " steps");
  }
  return std::all_of(lengths.begin(), lengths.end(), [&](int64_t n) { return n == s.steps; }) ? -1 : value;
}

struct Layer {
  const char* op;
  int64_t gates;
  std::vector<std::string> defaults;
};

// What the attributes of all three say.
RecurrentParams ParamsOf(OnnxNode& node, const Sizes& s) {
  RecurrentParams p;
  p.hidden = p.projected = static_cast<int32_t>(s.hidden);
  if (node.HasAttribute("clip")) {
    p.clip = node.FloatAttribute("clip", 0);
    if (!(p.clip > 0)) throw ContradictionError("attribute clip must be above 0");
  }
  node.IgnoreAttributes({"output_sequence"});  // opset 1 asked for Y so
  return p;
}

std::vector<float> PeepholesOf(OnnxNode& node, int64_t d, const Sizes& s) { return PartOf(node, 7, "P", d, {s.directions, 3 * s.hidden}); }

// The outputs of all directions, from each its y and which of its rows are the last h and c.
void SetOutputs(OnnxNode& node, const std::vector<int>& ys, const std::vector<std::array<int64_t, 2>>& last, const Sizes& s,
                bool batch_first) {
  if (node.OutputIsUsed(0)) {
    std::vector<int> sequences;
    for (const int y : ys) sequences.push_back(node.Reshape(StepsOf(node, y, s.steps), {s.steps, 1, s.batch, s.hidden}));
    const int all = node.Concat(sequences, 1);
    node.SetOutputAt(0, batch_first ? node.Transpose(all, {2, 0, 1, 3}) : all);
  }
  for (int i = 0; i < 2; ++i) {
    if (!node.OutputIsUsed(1 + i)) continue;
    std::vector<int> finals;
    for (size_t d = 0; d < ys.size(); ++d) finals.push_back(LastOf(node, ys[d], last[d][static_cast<size_t>(i)]));
    node.SetOutputAt(1 + i, StepsFirst(node, node.Concat(finals, 0), batch_first));
  }
}

void Lower(OnnxNode& node, const Layer& layer) {
  const std::string direction = node.StringAttribute("direction", "forward");
  const bool both = direction == "bidirectional", lstm = layer.gates == 4;
  if (!both && direction != "forward" && direction != "reverse")
    throw DamageError("attribute direction has the value " + Quoted(direction));
  const int64_t stated = node.IntAttribute("hidden_size", 0), layout = node.IntAttribute("layout", 0);
  if (layout != 0 && layout != 1) throw DamageError("attribute layout has the value " + std::to_string(layout));
  const bool reset_after = layer.gates == 3 && node.IntAttribute("linear_before_reset", 0) != 0;
  const bool forget_from_input = lstm && node.IntAttribute("input_forget", 0) != 0;
  const int x = StepsFirst(node, node.FloatInput(0), layout == 1 && node.RankOf(node.FloatInput(0)) == 3);
  const Dims dims = node.DimsOf(x), r = node.DimsOf(node.FloatInput(2));
  if (dims.size() != 3 || r.size() != 3) throw ContradictionError("X and R must have three dims");
  const Sizes s = {dims[0], dims[1], dims[2], r[2], both ? 2 : 1, layer.gates};
  if (s.steps < 1 || s.batch < 1 || s.inputs < 1 || s.hidden < 1 || s.hidden > (1 << 24)) throw NodeError("X or R has an impossible shape");
  if (stated != 0 && stated != s.hidden)
    throw ContradictionError("hidden_size is " + std::to_string(stated) + " but R has the shape " + DimsText(r));
  const std::vector<Gate> functions = FunctionsOf(node, layer.defaults, s.directions);
  const int lengths = LengthsOf(node, s);
  std::vector<int> ys;
  std::vector<std::array<int64_t, 2>> last;
  for (int64_t d = 0; d < s.directions; ++d) {
    RecurrentParams p = ParamsOf(node, s);
    p.reverse = d == 1 || direction == "reverse" ? 1 : 0;
    const std::array<Gate*, 3> gates = {&p.f, &p.g, &p.h};
    for (size_t i = 0; i < layer.defaults.size(); ++i) *gates.at(i) = functions[static_cast<size_t>(d) * layer.defaults.size() + i];
    if (reset_after) p.options |= kResetAfter;
    if (forget_from_input) p.options |= kForgetFromInput;
    RecurrentWeights weights = WeightsOf(node, d, s, forget_from_input ? 2 : -1, reset_after);
    if (lstm && node.HasInput(7)) weights.optional.emplace_back(kPeepholes, PeepholesOf(node, d, s));
    const RecurrentState state = {StateOf(node, 5, d, s, layout == 1), lstm ? StateOf(node, 6, d, s, layout == 1) : -1, lengths};
    const bool plain = lstm && IsPlainLstm(p) && weights.optional.empty() && lengths < 0 && !node.OutputIsUsed(2);
    if (lstm && !plain) p.options |= kCellOut;
    ys.push_back(EmitRecurrent(node, plain ? "lstm" : layer.op, x, weights, state, p));
    last.push_back(plain ? std::array<int64_t, 2>{p.reverse != 0 ? 0 : s.steps - 1, 0} : std::array<int64_t, 2>{s.steps, s.steps + 1});
  }
  SetOutputs(node, ys, last, s, layout == 1);
}

void Lstm(OnnxNode& node) { Lower(node, {"lstm_full", 4, {"Sigmoid", "Tanh", "Tanh"}}); }
void Gru(OnnxNode& node) { Lower(node, {"gru", 3, {"Sigmoid", "Tanh"}}); }
void Rnn(OnnxNode& node) { Lower(node, {"rnn", 1, {"Tanh"}}); }

}  // namespace

std::vector<OnnxOp> OnnxRecurrentOps() { return {{"GRU", Gru}, {"LSTM", Lstm}, {"RNN", Rnn}}; }

}  // namespace adze::import
