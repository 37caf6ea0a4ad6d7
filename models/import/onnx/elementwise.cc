// SPDX-License-Identifier: Apache-2.0
// ONNX ops that work element by element, and those that do nothing when a model only runs.
#include <cmath>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

// Before opset 7 a smaller second operand was aligned at `axis` and only with broadcast = 1.
int OldBroadcast(OnnxNode& node, int a, int b) {
  const int64_t broadcast = node.IntAttribute("broadcast", 0);
  const bool has_axis = node.HasAttribute("axis");
  const int64_t axis = node.IntAttribute("axis", 0);
  if (node.opset() >= 7 || broadcast == 0 || !has_axis) return b;
  const int rank_a = node.RankOf(a), rank_b = node.RankOf(b);
  const int at = NormalAxis(axis, rank_a);
  if (at + rank_b > rank_a) throw ContradictionError("axis " + std::to_string(axis) + " does not fit the operands' ranks");
  Dims dims = node.DimsOf(b);
  dims.insert(dims.end(), static_cast<size_t>(rank_a - at - rank_b), 1);
  return node.Reshape(b, dims);
}

void Arithmetic(OnnxNode& node, const char* op) {
  node.IgnoreAttributes({"consumed_inputs"});
  const int a = node.Input(0);
  const int b = OldBroadcast(node, a, node.Input(1));
  const std::string name = op;
  if (node.IsConstant(a) && node.IsConstant(b)) return node.SetOutput(FoldBinary(node, name, a, b));
  if (name == "Sub") return node.SetOutput(node.Subtract(a, b, {}));
  if (name == "Div") return node.SetOutput(node.Divide(a, b, {}));
  node.SetOutput(node.Binary(name == "Add" ? "add" : "mul", a, b, {}));
}

void Add(OnnxNode& node) { Arithmetic(node, "Add"); }
void Sub(OnnxNode& node) { Arithmetic(node, "Sub"); }
void Mul(OnnxNode& node) { Arithmetic(node, "Mul"); }
void Div(OnnxNode& node) { Arithmetic(node, "Div"); }

void Sum(OnnxNode& node) {
  int y = node.FloatInput(0);
  for (int i = 1; i < node.InputCount(); ++i) y = node.Binary("add", y, node.FloatInput(i), {});
  node.SetOutput(y);
}

void Relu(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  node.SetOutput(node.Clamp(node.FloatInput(0), {0, INFINITY}));
}

float Bound(OnnxNode& node, int input, const char* what, float otherwise) {
  if (!node.HasInput(input)) return otherwise;
  const std::vector<float> v = node.FloatsOf(node.Input(input), what);
  if (v.size() != 1) throw ContradictionError(std::string(what) + " must be one number");
  return v[0];
}

void Clip(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  ClampRange range;
  if (node.opset() < 11) {
    // The defaults of the old attributes are the largest finite numbers, which no sensible activation reaches.
    range = {node.FloatAttribute("min", -INFINITY), node.FloatAttribute("max", INFINITY)};
  } else {
    range = {Bound(node, 1, "min", -INFINITY), Bound(node, 2, "max", INFINITY)};
  }
  const int x = node.FloatInput(0);
  if (!(range.lo <= range.hi)) {
    throw NodeError("min " + std::to_string(range.lo) + " and max " + std::to_string(range.hi) + " are no range; min must not exceed max");
  }
  node.SetOutput(node.Clamp(x, range));
}

void Sigmoid(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  const int x = node.FloatInput(0);
  node.SetOutput(node.EmitPlain("sigmoid", x, DType::kF32, node.DimsOf(x)));
}

void HardSwish(OnnxNode& node) {
  const int x = node.FloatInput(0);
  node.SetOutput(node.EmitPlain("hard_swish", x, DType::kF32, node.DimsOf(x)));
}

// As a multiplication and an addition, which move into the weights of a layer before it.
void HardSigmoid(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  const float alpha = node.FloatAttribute("alpha", 0.2f), beta = node.FloatAttribute("beta", 0.5f);
  const int scaled = node.Binary("mul", node.FloatInput(0), node.FloatConstant("alpha", {}, {alpha}), {});
  node.SetOutput(node.Binary("add", scaled, node.FloatConstant("beta", {}, {beta}), {0, 1}));
}

void Identity(OnnxNode& node) { node.SetOutput(node.Input(0)); }

void Dropout(OnnxNode& node) {
  node.IgnoreAttributes({"ratio", "seed", "is_test", "consumed_inputs"});
  node.RefuseOutput(1, "mask");
  if (node.HasInput(2)) {
    const int training = node.ConstantInput(2, "training_mode");
    if (node.DataOf(training) != Bytes(1, 0)) throw NodeError("training_mode is on; export the model for inference");
  }
  node.SetOutput(node.Input(0));
}

}  // namespace

std::vector<OnnxOp> OnnxElementwiseOps() {
  return {{"Add", Add},
          {"Sub", Sub},
          {"Mul", Mul},
          {"Div", Div},
          {"Sum", Sum},
          {"Relu", Relu},
          {"Clip", Clip},
          {"Sigmoid", Sigmoid},
          {"HardSwish", HardSwish},
          {"HardSigmoid", HardSigmoid},
          {"Identity", Identity},
          {"Dropout", Dropout}};
}

}  // namespace adze::import
