// SPDX-License-Identifier: Apache-2.0
// ONNX comparisons, logic, bits, choices and casts.
#include <algorithm>
#include <cmath>

#include "models/import/onnx/context.h"

namespace adze::import {
namespace {

int Second(OnnxNode& node) {
  node.IgnoreAttributes({"axis", "broadcast"});  // of opset 1, where shapes that fit without them mean the same
  return node.Input(1);
}

void Equal(OnnxNode& node) { node.SetOutput(node.Compare("equal", node.Input(0), Second(node))); }
void Less(OnnxNode& node) { node.SetOutput(node.Compare("less", node.Input(0), Second(node))); }
void LessOrEqual(OnnxNode& node) { node.SetOutput(node.Compare("less_equal", node.Input(0), Second(node))); }
void Greater(OnnxNode& node) { node.SetOutput(node.Compare("less", Second(node), node.Input(0))); }
void GreaterOrEqual(OnnxNode& node) { node.SetOutput(node.Compare("less_equal", Second(node), node.Input(0))); }

int BoolInput(OnnxNode& node, int i) {
  const int x = node.Input(i);
  if (node.TypeOf(x) == DType::kBool) return x;
  throw ContradictionError("input " + std::to_string(i) + " has dtype " + DTypeName(node.TypeOf(x)) + "; it must be bool");
}

void Logic(OnnxNode& node, const char* op) {
  Second(node);
  node.SetOutput(node.Pair(op, BoolInput(node, 0), BoolInput(node, 1)));
}
void And(OnnxNode& node) { Logic(node, "bitwise_and"); }
void Or(OnnxNode& node) { Logic(node, "bitwise_or"); }
void Xor(OnnxNode& node) { Logic(node, "bitwise_xor"); }
void Not(OnnxNode& node) { node.SetOutput(node.Not(BoolInput(node, 0))); }

int IntegerInput(OnnxNode& node, int i) {
  const int x = node.Input(i);
  const DType t = node.TypeOf(x);
  if (t == DType::kI8 || t == DType::kU8 || t == DType::kI32 || t == DType::kI64) return x;
  throw ContradictionError("input " + std::to_string(i) + " has dtype " + DTypeName(t) + "; it must be an integer");
}

void Bits(OnnxNode& node, const char* op) { node.SetOutput(node.Pair(op, IntegerInput(node, 0), IntegerInput(node, 1))); }
void BitwiseAnd(OnnxNode& node) { Bits(node, "bitwise_and"); }
void BitwiseOr(OnnxNode& node) { Bits(node, "bitwise_or"); }
void BitwiseXor(OnnxNode& node) { Bits(node, "bitwise_xor"); }
void BitwiseNot(OnnxNode& node) {
  const int x = IntegerInput(node, 0);
  const double ones = node.TypeOf(x) == DType::kU8 ? 255 : -1;
  node.SetOutput(node.Pair("bitwise_xor", x, node.Number(node.TypeOf(x), ones)));
}

// Of unsigned numbers: times or by a power of two, which in int64 has room for every shift of a byte that leaves something.
void BitShift(OnnxNode& node) {
  const std::string direction = node.StringAttribute("direction", "");
  const int x = node.Input(0), shift = node.Input(1);
  if (node.TypeOf(x) != DType::kU8)
    throw NodeError(std::string("shifts of ") + DTypeName(node.TypeOf(x)) + " are not supported; use uint8");
  const int power = node.Pair("pow", node.Number(DType::kI64, 2), node.CastTo(shift, DType::kI64));
  const int wide = node.CastTo(x, DType::kI64);
  if (direction != "LEFT" && direction != "RIGHT")
    throw DamageError("attribute direction has the value " + Quoted(direction) + "; it must be LEFT or RIGHT");
  node.SetOutput(node.CastTo(direction == "LEFT" ? node.Binary("mul", wide, power, {}) : node.Binary("div", wide, power, {}), DType::kU8));
}

void IsNan(OnnxNode& node) {
  const int x = node.FloatInput(0);
  node.SetOutput(node.Compare("not_equal", x, x));
}

void IsInf(OnnxNode& node) {
  const bool negative = node.IntAttribute("detect_negative", 1) != 0, positive = node.IntAttribute("detect_positive", 1) != 0;
  const int x = node.FloatInput(0);
  const int one_side = positive ? x : node.Map("neg", x);
  const int size = negative && positive ? node.Map("abs", x) : one_side;
  const int found = node.Compare("equal", size, node.Number(DType::kF32, INFINITY));
  node.SetOutput(negative || positive ? found : node.Compare("less", size, node.Number(DType::kF32, -INFINITY)));
}

void Where(OnnxNode& node) { node.SetOutput(node.Where(BoolInput(node, 0), node.Input(1), node.Input(2))); }

// Inside the graph float16 is float32: a computed value becomes one where it leaves the graph. A constant is rounded here.
void CastTo(OnnxNode& node, DType to) {
  const int x = node.Input(0);
  const bool half = to == DType::kF16;
  const int y = node.CastTo(x, half ? DType::kF32 : to);
  node.SetOutput(half && node.IsConstant(y) ? node.CastTo(node.CastTo(y, DType::kF16), DType::kF32) : y);
}

void Cast(OnnxNode& node) {
  node.IgnoreAttributes({"saturate", "round_mode"});  // of float8 only
  CastTo(node, OnnxDType(static_cast<int>(std::clamp<int64_t>(node.IntAttribute("to", 0), 0, 1000))));
}

void CastLike(OnnxNode& node) {
  node.IgnoreAttributes({"saturate"});
  CastTo(node, node.TypeOf(node.Input(1)));
}

}  // namespace

std::vector<OnnxOp> OnnxCompareOps() {
  return {{"Equal", Equal},
          {"Less", Less},
          {"LessOrEqual", LessOrEqual},
          {"Greater", Greater},
          {"GreaterOrEqual", GreaterOrEqual},
          {"And", And},
          {"Or", Or},
          {"Xor", Xor},
          {"Not", Not},
          {"BitwiseAnd", BitwiseAnd},
          {"BitwiseOr", BitwiseOr},
          {"BitwiseXor", BitwiseXor},
          {"BitwiseNot", BitwiseNot},
          {"BitShift", BitShift},
          {"IsNaN", IsNan},
          {"IsInf", IsInf},
          {"Where", Where},
          {"Cast", Cast},
          {"CastLike", CastLike}};
}

}  // namespace adze::import
