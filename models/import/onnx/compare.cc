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
  if (t != DType::kF32 && t != DType::kF64 && t != DType::kBool) return x;
  throw ContradictionError("input " + std::to_string(i) + " has dtype " + DTypeName(t) + "; it must be an integer");
}

void Bits(OnnxNode& node, const char* op) { node.SetOutput(node.Pair(op, IntegerInput(node, 0), IntegerInput(node, 1))); }
void BitwiseAnd(OnnxNode& node) { Bits(node, "bitwise_and"); }
void BitwiseOr(OnnxNode& node) { Bits(node, "bitwise_or"); }
void BitwiseXor(OnnxNode& node) { Bits(node, "bitwise_xor"); }
void BitwiseNot(OnnxNode& node) {
  const int x = IntegerInput(node, 0);
  const DType t = node.TypeOf(x);
  node.SetOutput(node.Pair("bitwise_xor", x, node.Constant("ones", t, {}, Bytes(DTypeBytes(t), 0xff))));
}

// Of unsigned numbers: times or by a power of two, which in int64 has room for every shift that leaves something but those of uint64 to the right.
void BitShift(OnnxNode& node) {
  const std::string direction = node.StringAttribute("direction", "");
  const int x = node.Input(0), shift = node.Input(1);
  const DType t = node.TypeOf(x);
  if (t != DType::kU8 && t != DType::kU16 && t != DType::kU32 && t != DType::kU64)
    throw ContradictionError(std::string("a shift of ") + DTypeName(t) + "; it must be an unsigned integer");
  if (direction != "LEFT" && direction != "RIGHT")
    throw DamageError("attribute direction has the value " + Quoted(direction) + "; it must be LEFT or RIGHT");
  if (t == DType::kU64 && direction == "RIGHT") return node.SetOutput(node.ShiftRightUnsigned(x, shift));
  const int power = node.Pair("pow", node.Number(DType::kI64, 2), node.CastTo(shift, DType::kI64));
  const int wide = node.CastTo(x, DType::kI64);
  node.SetOutput(node.CastTo(node.Binary(direction == "LEFT" ? "mul" : "div", wide, power, {}), t));
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

// Inside the graph float16 and bfloat16 are float32: a computed value becomes one where it leaves the graph. A constant is rounded here.
void CastTo(OnnxNode& node, DType to) {
  const int y = node.CastTo(node.Input(0), InsideDType(to));
  node.SetOutput(node.IsConstant(y) ? node.CastTo(node.CastTo(y, to), InsideDType(to)) : y);
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
