// SPDX-License-Identifier: Apache-2.0
// TFLite comparisons, logic, bits and choices.
#include "models/import/tflite/context.h"

namespace adze::import {
namespace {

// Quantized bytes may have scales of their own: only numbers and bools are compared.
int Operand(TfliteNode& node, int i) {
  const int x = node.Input(i);
  if (node.TypeOf(x) != DType::kBool) node.RequireNumber(x);
  return x;
}

void Compare(TfliteNode& node, const char* op) { node.SetOutput(node.Compare(op, Operand(node, 0), Operand(node, 1))); }
void Exchanged(TfliteNode& node, const char* op) { node.SetOutput(node.Compare(op, Operand(node, 1), Operand(node, 0))); }

int BoolInput(TfliteNode& node, int i) {
  const int x = node.Input(i);
  if (node.TypeOf(x) == DType::kBool) return x;
  throw ContradictionError("input " + std::to_string(i) + " has dtype " + DTypeName(node.TypeOf(x)) + "; it must be bool");
}

void Logic(TfliteNode& node, const char* op) { node.SetOutput(node.Pair(op, BoolInput(node, 0), BoolInput(node, 1))); }
void Not(TfliteNode& node) { node.SetOutput(node.Not(BoolInput(node, 0))); }

int IntegerInput(TfliteNode& node, int i) {
  const int x = node.Input(i);
  if (node.TypeOf(x) == DType::kF32 || node.TypeOf(x) == DType::kF16 || node.TypeOf(x) == DType::kBool) {
    throw ContradictionError("input " + std::to_string(i) + " has dtype " + DTypeName(node.TypeOf(x)) + "; it must be an integer");
  }
  return x;
}

void BitwiseXor(TfliteNode& node) { node.SetOutput(node.Pair("bitwise_xor", IntegerInput(node, 0), IntegerInput(node, 1))); }

// Divided by a power of two and rounded down: of int8, uint8 and int32, in int64, where every shift has room.
void RightShift(TfliteNode& node) {
  const int x = IntegerInput(node, 0), shift = IntegerInput(node, 1);
  const int power = node.Pair("pow", node.Number(DType::kI64, 2), node.CastTo(shift, DType::kI64));
  node.SetOutput(node.CastTo(node.Pair("floor_div", node.CastTo(x, DType::kI64), power), node.TypeOf(x)));
}

// The condition may also be of one dim, the others' first.
void Select(TfliteNode& node) {
  int condition = BoolInput(node, 0);
  const int a = node.Input(1);
  if (node.RankOf(condition) == 1 && node.RankOf(a) > 1) {
    Dims dims = node.DimsOf(condition);
    dims.resize(node.DimsOf(a).size(), 1);
    condition = node.Reshape(condition, dims);
  }
  node.SetOutput(node.Where(condition, a, node.Input(2)));
}

void SelectV2(TfliteNode& node) { node.SetOutput(node.Where(BoolInput(node, 0), node.Input(1), node.Input(2))); }

}  // namespace

std::vector<TfliteOp> TfliteCompareOps() {
  return {{71, "EQUAL", [](TfliteNode& n) { Compare(n, "equal"); }},
          {72, "NOT_EQUAL", [](TfliteNode& n) { Compare(n, "not_equal"); }},
          {58, "LESS", [](TfliteNode& n) { Compare(n, "less"); }},
          {63, "LESS_EQUAL", [](TfliteNode& n) { Compare(n, "less_equal"); }},
          {61, "GREATER", [](TfliteNode& n) { Exchanged(n, "less"); }},
          {62, "GREATER_EQUAL", [](TfliteNode& n) { Exchanged(n, "less_equal"); }},
          {86, "LOGICAL_AND", [](TfliteNode& n) { Logic(n, "bitwise_and"); }},
          {84, "LOGICAL_OR", [](TfliteNode& n) { Logic(n, "bitwise_or"); }},
          {87, "LOGICAL_NOT", Not},
          {160, "BITWISE_XOR", BitwiseXor},
          {161, "RIGHT_SHIFT", RightShift},
          {64, "SELECT", Select},
          {123, "SELECT_V2", SelectV2}};
}

}  // namespace adze::import
