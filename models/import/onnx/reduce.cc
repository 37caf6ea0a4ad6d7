// SPDX-License-Identifier: Apache-2.0
// ONNX reductions but ReduceMean, and what else walks along an axis: ArgMax, ArgMin, CumSum, TopK.
#include "op-registry/ops/reduce.h"

#include <cfloat>

#include "models/import/onnx/context.h"
#include "op-registry/ops/indexed.h"

namespace adze::import {
namespace {

struct Axes {
  std::vector<int64_t> axes;  // empty: all
  bool keep_dims;
  bool none;  // nothing is reduced
};

Axes ReadAxes(OnnxNode& node, int64_t last_attribute) {
  Axes a;
  bool given = false;
  a.keep_dims = node.IntAttribute("keepdims", 1) != 0;
  const bool noop = node.IntAttribute("noop_with_empty_axes", 0) != 0;
  a.axes = node.AttributeOrInput("axes", 1, last_attribute, &given);
  a.none = a.axes.empty() && noop;
  return a;
}

// The input, float64 as float32 and narrow integers without kernels of their own as wider ones; what is made of these becomes y's dtype again.
int Numbers(OnnxNode& node) {
  const DType t = node.TypeOf(node.Input(0));
  return t == DType::kI8 || t == DType::kU8 || t == DType::kBool ? node.Input(0) : node.WholeInput(0);
}
void SetLike(OnnxNode& node, int y) {
  const DType t = node.TypeOf(node.Input(0));
  node.SetOutput(t == DType::kF64 ? y : node.CastTo(y, t));
}

constexpr int64_t kLastAxesAttribute = 17;  // ReduceSum: 12

int Reduced(OnnxNode& node, const char* op, int x, const Axes& a) { return a.none ? x : node.Reduce(op, x, a.axes, a.keep_dims); }

void Plain(OnnxNode& node, const char* op, int64_t last_attribute = kLastAxesAttribute) {
  const Axes a = ReadAxes(node, last_attribute);
  SetLike(node, Reduced(node, op, Numbers(node), a));
}

int Squared(OnnxNode& node, int x) { return node.Binary("mul", x, x, {}); }
int Mapped(OnnxNode& node, const char* op, int x) { return node.EmitPlain(op, x, node.TypeOf(x), node.DimsOf(x)); }

void Sum(OnnxNode& node) { Plain(node, "reduce_sum", 12); }
void Prod(OnnxNode& node) { Plain(node, "reduce_prod"); }
void Max(OnnxNode& node) { Plain(node, "reduce_max"); }
void Min(OnnxNode& node) { Plain(node, "reduce_min"); }

void SumSquare(OnnxNode& node) {
  const Axes a = ReadAxes(node, kLastAxesAttribute);
  SetLike(node, Reduced(node, "reduce_sum", Squared(node, Numbers(node)), a));
}

void L1(OnnxNode& node) {
  const Axes a = ReadAxes(node, kLastAxesAttribute);
  SetLike(node, Reduced(node, "reduce_sum", Mapped(node, "abs", Numbers(node)), a));
}

void L2(OnnxNode& node) {
  const Axes a = ReadAxes(node, kLastAxesAttribute);
  node.SetOutput(Mapped(node, "sqrt", Reduced(node, "reduce_sum", Squared(node, node.FloatInput(0)), a)));
}

void LogSum(OnnxNode& node) {
  const Axes a = ReadAxes(node, kLastAxesAttribute);
  node.SetOutput(Mapped(node, "log", Reduced(node, "reduce_sum", node.FloatInput(0), a)));
}

// The greatest element is taken out first, so that no exponential overflows; made finite, so that infinities do not cancel to NaN.
void LogSumExp(OnnxNode& node) {
  Axes a = ReadAxes(node, kLastAxesAttribute);
  const int x = node.FloatInput(0);
  if (a.none) return node.SetOutput(Mapped(node, "log", Mapped(node, "exp", x)));
  const int peak = node.Clamp(node.Reduce("reduce_max", x, a.axes, true), {-FLT_MAX, FLT_MAX});
  const int sum = node.Reduce("reduce_sum", Mapped(node, "exp", node.Binary("sub", x, peak, {})), a.axes, true);
  const int y = node.Binary("add", Mapped(node, "log", sum), peak, {});
  Dims out;
  if (!a.keep_dims) {
    std::vector<bool> gone(node.DimsOf(x).size(), a.axes.empty());
    for (const int64_t axis : a.axes) gone[static_cast<size_t>(NormalAxis(axis, node.RankOf(x)))] = true;
    for (size_t d = 0; d < gone.size(); ++d) {
      if (!gone[d]) out.push_back(node.DimsOf(x)[d]);
    }
  }
  node.SetOutput(a.keep_dims ? y : node.Reshape(y, out));
}

void ArgExtreme(OnnxNode& node, bool smallest) {
  ArgMaxParams p;
  p.smallest = smallest ? 1 : 0;
  const int64_t axis = node.IntAttribute("axis", 0);
  const bool keep_dims = node.IntAttribute("keepdims", 1) != 0;
  p.last = node.IntAttribute("select_last_index", 0) != 0 ? 1 : 0;
  const int x = Numbers(node);
  p.axis = NormalAxis(axis, node.RankOf(x));
  const int y = node.EmitAs("arg_max", {x}, p, DType::kI64, {});
  node.SetOutput(keep_dims ? y : node.DropDim(y, p.axis));
}

void ArgMax(OnnxNode& node) { ArgExtreme(node, false); }
void ArgMin(OnnxNode& node) { ArgExtreme(node, true); }

void CumSum(OnnxNode& node) {
  CumsumParams p;
  p.exclusive = node.IntAttribute("exclusive", 0) != 0 ? 1 : 0;
  p.reverse = node.IntAttribute("reverse", 0) != 0 ? 1 : 0;
  const int x = node.WholeInput(0);
  const std::vector<int64_t> axis = node.IntsInput(1, "the axis");
  if (axis.size() != 1) throw ContradictionError("the axis must be one number");
  p.axis = NormalAxis(axis[0], node.RankOf(x));
  SetLike(node, node.Emit("cumsum", {x}, p));
}

void TopK(OnnxNode& node) {
  TopkParams p;
  const int64_t axis = node.IntAttribute("axis", -1);
  p.smallest = node.IntAttribute("largest", 1) == 0 ? 1 : 0;
  node.IgnoreAttributes({"sorted"});  // they are
  const int x = node.Input(0);
  const std::vector<int64_t> k = node.opset() < 10 ? std::vector<int64_t>{node.IntAttribute("k", -1)} : node.IntsInput(1, "k");
  p.axis = NormalAxis(axis, node.RankOf(x));
  Dims out = node.DimsOf(x);
  int64_t& kept = out[static_cast<size_t>(p.axis)];
  if (k.size() != 1 || k[0] < 0 || k[0] > kept)
    throw ContradictionError("k " + DimsText(k) + " does not fit shape " + DimsText(node.DimsOf(x)));
  kept = k[0];
  const int places = node.EmitAs("topk", {node.WholeInput(0)}, p, DType::kI64, out);
  node.SetOutputAt(0, node.Emit("gather_elements", {x, places}, AxisParams{p.axis}));
  if (node.OutputCount() > 1) node.SetOutputAt(1, places);
}

}  // namespace

std::vector<OnnxOp> OnnxReduceOps() {
  return {{"ReduceSum", Sum},
          {"ReduceProd", Prod},
          {"ReduceMax", Max},
          {"ReduceMin", Min},
          {"ReduceL1", L1},
          {"ReduceL2", L2},
          {"ReduceLogSum", LogSum},
          {"ReduceLogSumExp", LogSumExp},
          {"ArgMax", ArgMax},
          {"ReduceSumSquare", SumSquare},
          {"ArgMin", ArgMin},
          {"CumSum", CumSum},
          {"TopK", TopK}};
}

}  // namespace adze::import
