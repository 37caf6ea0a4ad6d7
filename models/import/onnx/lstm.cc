// SPDX-License-Identifier: Apache-2.0
// ONNX LSTM with the default activations: one lstm a direction, whose final hidden state is a slice of its output.
#include <algorithm>

#include "models/import/onnx/context.h"
#include "op-registry/ops/lstm.h"

namespace adze::import {
namespace {

struct Sizes {
  int64_t steps, batch, inputs, hidden, directions;
};

void CheckAttributes(OnnxNode& node, int64_t directions) {
  static const char* const kDefaults[] = {"sigmoid", "tanh", "tanh"};
  const std::vector<std::string> activations = node.StringsAttribute("activations");
  if (!activations.empty() && activations.size() != static_cast<size_t>(3 * directions)) {
    throw DamageError("it has " + std::to_string(activations.size()) + " activations where " + std::to_string(3 * directions) + " are due");
  }
  for (size_t i = 0; i < activations.size(); ++i) {
    std::string lower = activations[i];
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (lower != kDefaults[i % 3])
      throw NodeError("the activation " + Quoted(activations[i]) + " is not supported; use Sigmoid, Tanh, Tanh");
  }
  node.IgnoreAttributes({"activation_alpha", "activation_beta", "output_sequence"});  // the defaults have none; opset 1 asked for Y so
  if (node.HasAttribute("clip")) throw NodeError("attribute clip is not supported; remove it");
  if (node.IntAttribute("input_forget", 0) != 0) throw NodeError("input_forget = 1 is not supported; use separate gates");
  if (node.IntAttribute("layout", 0) != 0) throw NodeError("layout = 1 is not supported; put the sequence first (layout = 0)");
  if (node.HasInput(7)) throw NodeError("peepholes (input P) are not supported");
}

// One direction of a constant [directions, ...] as `dims`.
std::vector<float> PartOf(OnnxNode& node, int input, const char* what, int64_t d, const Dims& whole) {
  const int value = node.ConstantInput(input, what);
  if (node.DimsOf(value) != whole) {
    throw ContradictionError(std::string(what) + " has shape " + DimsText(node.DimsOf(value)) + "; it must be " + DimsText(whole));
  }
  const std::vector<float> all = node.FloatsOf(value, what);
  const auto part = static_cast<int64_t>(all.size()) / whole[0];
  return {all.begin() + d * part, all.begin() + (d + 1) * part};
}

// Both biases of the file are added to the same sums.
std::vector<float> BiasOf(OnnxNode& node, int64_t d, const Sizes& s) {
  std::vector<float> bias(static_cast<size_t>(4 * s.hidden), 0.0f);
  if (!node.HasInput(3)) return bias;
  const std::vector<float> both = PartOf(node, 3, "B", d, {s.directions, 8 * s.hidden});
  for (size_t i = 0; i < bias.size(); ++i) bias[i] = both[i] + both[bias.size() + i];
  return bias;
}

// The initial state of a direction, [batch, hidden].
int StateOf(OnnxNode& node, int input, int64_t d, const Sizes& s) {
  const Dims dims = {s.batch, s.hidden};
  if (!node.HasInput(input)) return node.FloatConstant("zeros", dims, std::vector<float>(static_cast<size_t>(s.batch * s.hidden), 0.0f));
  const int value = node.FloatInput(input);
  const Dims whole = {s.directions, s.batch, s.hidden};
  if (node.DimsOf(value) != whole)
    throw ContradictionError("an initial state has shape " + DimsText(node.DimsOf(value)) + "; it must be " + DimsText(whole));
  if (!node.IsConstant(value)) return node.Reshape(node.Slice(value, {d, 0, 0}, {1, 1, 1}, {1, s.batch, s.hidden}), dims);
  return node.FloatConstant("state", dims, PartOf(node, input, "an initial state", d, whole));
}

int Direction(OnnxNode& node, int x, int64_t d, bool reverse, const Sizes& s) {
  const int64_t rows = 4 * s.hidden;
  std::vector<int> inputs = {x, node.FloatConstant("w", {rows, s.inputs}, PartOf(node, 1, "W", d, {s.directions, rows, s.inputs})),
                             node.FloatConstant("r", {rows, s.hidden}, PartOf(node, 2, "R", d, {s.directions, rows, s.hidden})),
                             node.FloatConstant("bias", {rows}, BiasOf(node, d, s))};
  if (node.HasInput(5) || node.HasInput(6)) {
    for (const int state : {5, 6}) inputs.push_back(StateOf(node, state, d, s));
  }
  LstmParams p;
  p.hidden = static_cast<int32_t>(s.hidden);
  p.reverse = reverse ? 1 : 0;
  return node.Emit("lstm", inputs, p);
}

// sequence_lens may say what the shape says.
void CheckLengths(OnnxNode& node, int64_t steps) {
  if (!node.HasInput(4)) return;
  for (const int64_t n : node.IntsInput(4, "sequence_lens")) {
    if (n != steps)
      throw NodeError("a sequence of length " + std::to_string(n) + " among " + std::to_string(steps) + " steps is not supported");
  }
}

void Lstm(OnnxNode& node) {
  const std::string direction = node.StringAttribute("direction", "forward");
  const bool both = direction == "bidirectional";
  if (!both && direction != "forward" && direction != "reverse")
    throw DamageError("attribute direction has the value " + Quoted(direction));
  const int64_t stated = node.IntAttribute("hidden_size", 0);
  CheckAttributes(node, both ? 2 : 1);
  const int x = node.FloatInput(0);
  const Dims dims = node.DimsOf(x), r = node.DimsOf(node.FloatInput(2));
  if (dims.size() != 3 || r.size() != 3) throw ContradictionError("X and R must have three dims");
  const Sizes s = {dims[0], dims[1], dims[2], r[2], both ? 2 : 1};
  if (s.steps < 1 || s.batch < 1 || s.inputs < 1 || s.hidden < 1 || s.hidden > (1 << 24)) throw NodeError("X or R has an impossible shape");
  if (stated != 0 && stated != s.hidden)
    throw ContradictionError("hidden_size is " + std::to_string(stated) + " but R has the shape " + DimsText(r));
  CheckLengths(node, s.steps);
  node.RefuseOutput(2, "Y_c (the final cell)");
  std::vector<int> sequences, finals;
  for (int64_t d = 0; d < s.directions; ++d) {
    const bool reverse = d == 1 || direction == "reverse";
    const int y = Direction(node, x, d, reverse, s);
    sequences.push_back(node.Reshape(y, {s.steps, 1, s.batch, s.hidden}));
    if (node.OutputIsUsed(1)) finals.push_back(node.Slice(y, {reverse ? 0 : s.steps - 1, 0, 0}, {1, 1, 1}, {1, s.batch, s.hidden}));
  }
  if (node.OutputIsUsed(0)) node.SetOutputAt(0, node.Concat(sequences, 1));
  if (node.OutputIsUsed(1)) node.SetOutputAt(1, node.Concat(finals, 0));
}

}  // namespace

std::vector<OnnxOp> OnnxLstmOps() { return {{"LSTM", Lstm}}; }

}  // namespace adze::import
