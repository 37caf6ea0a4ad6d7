// SPDX-License-Identifier: Apache-2.0
// TFLite reductions but MEAN, and what else walks along an axis: ARG_MAX, ARG_MIN, CUMSUM, TOPK_V2.
#include "op-registry/ops/reduce.h"

#include "models/import/tflite/context.h"
#include "op-registry/ops/indexed.h"

namespace adze::import {
namespace {

void Reduce(TfliteNode& node, const char* op, int x) {
  const auto* o = node.OptionsOrNull<tflite::ReducerOptions>();
  const std::vector<int64_t> axes = node.IntsInput(1, "the axes");
  // No axes: nothing is reduced.
  node.SetOutput(axes.empty() ? x : node.Reduce(op, x, axes, o != nullptr && o->keep_dims()));
}

// Sums of integers with a scale of their own are no sums of their numbers.
int PlainInput(TfliteNode& node) {
  const int x = node.Input(0);
  if ((node.TypeOf(x) == DType::kI8 || node.TypeOf(x) == DType::kU8)) return node.FloatInput(0);
  return x;
}

int BoolInput(TfliteNode& node) {
  const int x = node.Input(0);
  if (node.TypeOf(x) != DType::kBool)
    throw ContradictionError(std::string("the input has dtype ") + DTypeName(node.TypeOf(x)) + "; it must be bool");
  return x;
}

void Sum(TfliteNode& node) { Reduce(node, "reduce_sum", PlainInput(node)); }
void Prod(TfliteNode& node) { Reduce(node, "reduce_prod", PlainInput(node)); }
void Max(TfliteNode& node) { Reduce(node, "reduce_max", node.MovedInput(0)); }
void Min(TfliteNode& node) { Reduce(node, "reduce_min", node.MovedInput(0)); }
void Any(TfliteNode& node) { Reduce(node, "reduce_max", BoolInput(node)); }
void All(TfliteNode& node) { Reduce(node, "reduce_min", BoolInput(node)); }

int32_t AxisOf(TfliteNode& node, int x) {
  const std::vector<int64_t> axis = node.IntsInput(1, "the axis");
  if (axis.size() != 1) throw ContradictionError("the axis must be one number");
  return NormalAxis(axis[0], node.RankOf(x));
}

void ArgExtreme(TfliteNode& node, bool smallest) {
  ArgMaxParams p;
  p.smallest = smallest ? 1 : 0;
  const int x = node.Input(0);
  p.axis = AxisOf(node, x);
  node.SetOutput(node.DropDim(node.EmitAs("arg_max", {x}, p, node.OutputDType(), {}), p.axis));
}

void ArgMax(TfliteNode& node) { ArgExtreme(node, false); }
void ArgMin(TfliteNode& node) { ArgExtreme(node, true); }

void Cumsum(TfliteNode& node) {
  const auto* o = node.OptionsOrNull<tflite::CumsumOptions>();
  CumsumParams p;
  p.exclusive = o != nullptr && o->exclusive() ? 1 : 0;
  p.reverse = o != nullptr && o->reverse() ? 1 : 0;
  const int x = node.Input(0);
  p.axis = AxisOf(node, x);
  node.SetOutput(node.Emit("cumsum", {x}, p));
}

void Topk(TfliteNode& node) {
  const int x = node.MovedInput(0);
  const std::vector<int64_t> k = node.IntsInput(1, "k");
  Dims out = node.DimsOf(x);
  if (out.empty() || k.size() != 1 || k[0] < 0 || k[0] > out.back())
    throw ContradictionError("k " + DimsText(k) + " does not fit shape " + DimsText(out));
  if (node.OutputCount() != 2) throw DamageError("it has " + std::to_string(node.OutputCount()) + " outputs where 2 are due");
  TopkParams p;
  p.axis = node.RankOf(x) - 1;
  out.back() = k[0];
  const int places = node.EmitAs("topk", {x}, p, DType::kI32, out);
  node.SetOutputAt(0, node.Emit("gather_elements", {x, places}, AxisParams{p.axis}));
  node.SetOutputAt(1, places);
}

}  // namespace

std::vector<TfliteOp> TfliteReduceOps() {
  return {{48, "TOPK_V2", Topk, true}, {56, "ARG_MAX", ArgMax}, {74, "SUM", Sum},        {79, "ARG_MIN", ArgMin}, {81, "REDUCE_PROD", Prod},
          {82, "REDUCE_MAX", Max},     {89, "REDUCE_MIN", Min}, {91, "REDUCE_ANY", Any}, {128, "CUMSUM", Cumsum}, {140, "REDUCE_ALL", All}};
}

}  // namespace adze::import
