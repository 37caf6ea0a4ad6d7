// SPDX-License-Identifier: Apache-2.0
// ONNX arithmetic element by element, and ops that do nothing when a model only runs.
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
  const DType dtype = node.TypeOf(node.Input(0));
  const std::string name = op;
  const bool by_bits = dtype == DType::kU64 && node.TypeOf(node.Input(1)) == dtype;  // of sums and products int64's are the same
  if (by_bits && name == "Div") return node.SetOutput(node.DivideUnsigned(node.Input(0), node.Input(1)));
  const int a = by_bits ? node.CastTo(node.Input(0), DType::kI64) : node.NumberInput(0);
  const int b = OldBroadcast(node, a, by_bits ? node.CastTo(node.Input(1), DType::kI64) : node.NumberInput(1));
  const auto compute = [&] {
    if (node.IsConstant(a) && node.IsConstant(b)) return FoldBinary(node, name, a, b);
    if (name == "Sub") return node.Subtract(a, b, {});
    if (name == "Div") return node.Divide(a, b, {});
    return node.Binary(name == "Add" ? "add" : "mul", a, b, {});
  };
  node.SetOutput(node.CastTo(compute(), dtype));
}

void Add(OnnxNode& node) { Arithmetic(node, "Add"); }
void Sub(OnnxNode& node) { Arithmetic(node, "Sub"); }
void Mul(OnnxNode& node) { Arithmetic(node, "Mul"); }
void Div(OnnxNode& node) { Arithmetic(node, "Div"); }

// Of any number of inputs.
template <typename Step>
void Reduce(OnnxNode& node, const Step& step) {
  node.IgnoreAttributes({"consumed_inputs"});
  const DType dtype = node.TypeOf(node.Input(0));
  int y = node.NumberInput(0);
  if (dtype != DType::kU64) node.RequireNumber(y);
  for (int i = 1; i < node.InputCount(); ++i) y = step(y, node.NumberInput(i));
  node.SetOutput(node.CastTo(y, dtype));
}

void Sum(OnnxNode& node) {
  Reduce(node, [&](int a, int b) { return node.Binary("add", a, b, {}); });
}
void Max(OnnxNode& node) {
  Reduce(node, [&](int a, int b) { return node.Extreme(true, a, b); });
}
void Min(OnnxNode& node) {
  Reduce(node, [&](int a, int b) { return node.Extreme(false, a, b); });
}

void Mean(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  int y = node.FloatInput(0);
  for (int i = 1; i < node.InputCount(); ++i) y = node.Binary("add", y, node.FloatInput(i), {});
  node.SetOutput(node.Times(y, 1.0f / static_cast<float>(node.InputCount())));
}

float Bound(OnnxNode& node, int input, const char* what, float otherwise) {
  if (!node.HasInput(input)) return otherwise;
  const std::vector<float> v = node.FloatsOf(node.Input(input), what);
  if (v.size() != 1) throw ContradictionError(std::string(what) + " must be one number");
  return v[0];
}

bool IsComputed(OnnxNode& node, int input) { return node.HasInput(input) && !node.IsConstant(node.Input(input)); }

// Bounds that are computed, integers, or no range: the larger of x and min, then the smaller of that and max, as the definition says.
void ClipByBounds(OnnxNode& node) {
  const DType dtype = node.TypeOf(node.Input(0));
  int y = node.NumberInput(0);
  if (node.HasInput(1)) y = node.Extreme(true, y, node.NumberInput(1));
  if (node.HasInput(2)) y = node.Extreme(false, y, node.NumberInput(2));
  node.SetOutput(node.CastTo(y, dtype));
}

void Clip(OnnxNode& node) {
  node.IgnoreAttributes({"consumed_inputs"});
  ClampRange range;
  if (node.opset() < 11) {
    // The defaults of the old attributes are the largest finite numbers, which no sensible activation reaches.
    range = {node.FloatAttribute("min", -INFINITY), node.FloatAttribute("max", INFINITY)};
  } else {
    if (node.TypeOf(node.Input(0)) != DType::kF32 || IsComputed(node, 1) || IsComputed(node, 2)) return ClipByBounds(node);
    range = {Bound(node, 1, "min", -INFINITY), Bound(node, 2, "max", INFINITY)};
  }
  const int x = node.FloatInput(0);
  if (!(range.lo <= range.hi)) {
    throw NodeError("min " + std::to_string(range.lo) + " and max " + std::to_string(range.hi) + " are no range; min must not exceed max");
  }
  node.SetOutput(node.Clamp(x, range));
}

void Identity(OnnxNode& node) { node.SetOutput(node.Input(0)); }

void Dropout(OnnxNode& node) {
  node.IgnoreAttributes({"ratio", "seed", "is_test", "consumed_inputs"});
  if (node.HasInput(2)) {
    const int training = node.ConstantInput(2, "training_mode");
    if (node.DataOf(training) != Bytes(1, 0)) throw NodeError("training_mode is on; export the model for inference");
  }
  const int x = node.Input(0);
  node.SetOutput(x);
  if (!node.OutputIsUsed(1)) return;
  // All is kept. Before opset 10 the mask had x's dtype.
  const bool is_old = node.opset() < 10;
  node.SetOutputAt(1,
                   node.Filled(is_old ? BytesOf(std::vector<float>{1}) : Bytes(1, 1), is_old ? DType::kF32 : DType::kBool, node.DimsOf(x)));
}

}  // namespace

std::vector<OnnxOp> OnnxElementwiseOps() {
  return {{"Add", Add}, {"Sub", Sub},   {"Mul", Mul},   {"Div", Div},           {"Sum", Sum},        {"Max", Max},
          {"Min", Min}, {"Mean", Mean}, {"Clip", Clip}, {"Identity", Identity}, {"Dropout", Dropout}};
}

}  // namespace adze::import
