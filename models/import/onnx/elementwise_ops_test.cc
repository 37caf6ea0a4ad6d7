// SPDX-License-Identifier: Apache-2.0
// What ONNX's elementwise ops become: which Adze ops, in which dtype, and what is refused.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "models/import/testing/onnx_model.h"
#include "op-registry/ops/unary.h"

namespace adze::import {
namespace {

using Dims = std::vector<int64_t>;

constexpr int kFloat = 1, kUint8 = 2, kInt32 = 6, kInt64 = 7, kBool = 9;

// The Adze ops of one node y = op(a, b...), in order.
std::string Becomes(const std::string& op, const std::vector<int>& types, int out, const std::function<void(onnx::Node*)>& set = {}) {
  OnnxModelBuilder m(18);
  std::vector<std::string> names;
  for (size_t i = 0; i < types.size(); ++i) {
    names.push_back(std::string(1, static_cast<char>('a' + i)));
    m.Input(names.back(), {2, 3}, types[i]);
  }
  m.Output("y", out);
  onnx::Node* node = m.Node(op, names, "y");
  if (set) set(node);
  if (!m.Report().empty()) return m.Report();
  std::string text;
  for (const graph::Node& n : m.Import().nodes) text += (text.empty() ? "" : " ") + n.op;
  return text;
}

TEST(OnnxElementwise, FunctionsHaveTheirOps) {
  for (const auto& [onnx, ours] : std::vector<std::pair<std::string, std::string>>{
           {"Abs", "abs"},     {"Neg", "neg"},     {"Exp", "exp"},      {"Log", "log"},     {"Sin", "sin"},          {"Cos", "cos"},
           {"Tan", "tan"},     {"Asin", "asin"},   {"Acos", "acos"},    {"Atan", "atan"},   {"Sinh", "sinh"},        {"Cosh", "cosh"},
           {"Asinh", "asinh"}, {"Acosh", "acosh"}, {"Atanh", "atanh"},  {"Floor", "floor"}, {"Ceil", "ceil"},        {"Round", "round"},
           {"Sign", "sign"},   {"Elu", "elu"},     {"Selu", "elu mul"}, {"Celu", "elu"},    {"Softplus", "softplus"}}) {
    EXPECT_EQ(Becomes(onnx, {kFloat}, kFloat), ours) << onnx;
  }
  EXPECT_EQ(Becomes("Mish", {kFloat}, kFloat), "softplus tanh mul");
  EXPECT_EQ(Becomes("Softsign", {kFloat}, kFloat), "abs add div");
  EXPECT_EQ(Becomes("LogSoftmax", {kFloat}, kFloat), "reduce_max sub exp reduce_sum log sub");
  EXPECT_EQ(Becomes("IsNaN", {kFloat}, kBool), "not_equal");
  EXPECT_NE(Becomes("Sin", {kInt32}, kInt32).find("dtype int32, which is not supported for this op; use float32"), std::string::npos);
}

TEST(OnnxElementwise, IntegersKeepTheirDtype) {
  EXPECT_EQ(Becomes("Add", {kInt32, kInt32}, kInt32), "add");
  EXPECT_EQ(Becomes("Sub", {kInt64, kInt64}, kInt64), "sub");
  EXPECT_EQ(Becomes("Max", {kInt64, kInt64, kInt64}, kInt64), "max max");
  EXPECT_EQ(Becomes("Mod", {kInt64, kInt64}, kInt64), "mod");
  EXPECT_EQ(Becomes("Mod", {kInt64, kInt64}, kInt64, [](onnx::Node* n) { SetInt(n, "fmod", 1); }), "fmod");
  EXPECT_EQ(Becomes("Add", {kUint8, kUint8}, kUint8), "cast cast add cast");
  EXPECT_EQ(Becomes("Pow", {kFloat, kInt64}, kFloat), "cast pow");
  EXPECT_EQ(Becomes("Pow", {kInt32, kFloat}, kInt32), "cast pow cast");
  EXPECT_NE(Becomes("Add", {kInt32, kFloat}, kInt32).find("operands of int32 and float32"), std::string::npos);
  EXPECT_NE(Becomes("Add", {kBool, kBool}, kBool).find("dtype bool is not supported for this op; use float32, int32 or int64"),
            std::string::npos);
  EXPECT_NE(Becomes("Mod", {kFloat, kFloat}, kFloat).find("needs fmod = 1"), std::string::npos);
}

TEST(OnnxElementwise, ComparisonsAndLogic) {
  EXPECT_EQ(Becomes("Equal", {kBool, kBool}, kBool), "equal");
  EXPECT_EQ(Becomes("Greater", {kFloat, kFloat}, kBool), "less");
  EXPECT_EQ(Becomes("GreaterOrEqual", {kUint8, kUint8}, kBool), "cast cast less_equal");
  EXPECT_EQ(Becomes("And", {kBool, kBool}, kBool), "bitwise_and");
  EXPECT_EQ(Becomes("Where", {kBool, kInt64, kInt64}, kInt64), "where");
  EXPECT_NE(Becomes("Less", {kBool, kBool}, kBool).find("dtype bool is not supported"), std::string::npos);
  EXPECT_NE(Becomes("And", {kInt32, kInt32}, kBool).find("it must be bool"), std::string::npos);
  EXPECT_NE(Becomes("Where", {kFloat, kFloat, kFloat}, kFloat).find("it must be bool"), std::string::npos);
  EXPECT_NE(Becomes("BitwiseAnd", {kFloat, kFloat}, kFloat).find("it must be an integer"), std::string::npos);
  EXPECT_NE(Becomes("BitShift", {kInt32, kInt32}, kInt32).find("it must be an unsigned integer"), std::string::npos);
}

TEST(OnnxElementwise, CastsGoAnywhere) {
  for (const int to : {kUint8, kInt32, kInt64, kBool}) {
    EXPECT_EQ(Becomes("Cast", {kFloat}, to, [&](onnx::Node* n) { SetInt(n, "to", to); }), "cast");
  }
  EXPECT_EQ(Becomes("CastLike", {kInt64, kFloat}, kFloat), "cast");
  EXPECT_NE(Becomes("Cast", {kFloat}, kFloat, [](onnx::Node* n) { SetInt(n, "to", 14); }).find("ONNX element type 14 is not supported"),
            std::string::npos);
}

// A maximum with one number is a clamp, which joins the layer before it.
TEST(OnnxElementwise, ExtremesWithANumberAreClamps) {
  OnnxModelBuilder m;
  m.Input("x", {2, 3});
  m.Floats("six", {}, {6});
  m.Output("y");
  m.Node("Min", {"six", "x"}, "y");
  const auto clamp = m.Import().nodes.at(0).Params<ClampParams>().clamp;
  EXPECT_EQ(clamp.hi, 6);
  EXPECT_EQ(clamp.lo, -INFINITY);
}

TEST(OnnxElementwise, ClipOfComputedBoundsAndIntegers) {
  EXPECT_EQ(Becomes("Clip", {kFloat, kFloat, kFloat}, kFloat), "max min");
  EXPECT_EQ(Becomes("Clip", {kInt32, kInt32}, kInt32), "max");
}

// Shape arithmetic is done when the model is imported, whatever its ops.
TEST(OnnxElementwise, ConstantsAreFolded) {
  OnnxModelBuilder m;
  m.Input("x", {2, 6});
  m.Ints("a", {7, -1});
  m.Ints("b", {4, 4});
  m.Output("y");
  m.Node("Mod", {"a", "b"}, "shape");  // {3, 3}
  m.Ints("ones", {1, 1});
  m.Node("Less", {"ones", "shape"}, "larger");
  m.Ints("four", {4, 3});
  m.Node("Where", {"larger", "four", "ones"}, "final");  // {4, 3}
  m.Node("Reshape", {"x", "final"}, "y");
  const graph::Graph g = m.Import();
  ASSERT_EQ(g.nodes.size(), 1U);
  EXPECT_EQ(OutputValue(g).dims, (Dims{4, 3}));
}

}  // namespace
}  // namespace adze::import
