// SPDX-License-Identifier: Apache-2.0
// What TFLite's elementwise ops become, in which dtype, and what is refused.
#include <gtest/gtest.h>

#include "models/import/testing/tflite_model.h"
#include "op-registry/ops/unary.h"

namespace adze::import {
namespace {

constexpr auto kFloat = tflite::TensorType_FLOAT32, kInt32 = tflite::TensorType_INT32, kInt8 = tflite::TensorType_INT8,
               kBool = tflite::TensorType_BOOL;

// The Adze ops of one operator on inputs of shape [2, 3], or the report of its refusal.
std::string Becomes(int code, const std::vector<tflite::TensorType>& types, tflite::TensorType out) {
  TfliteModelBuilder m;
  std::vector<int> inputs;
  for (size_t i = 0; i < types.size(); ++i) inputs.push_back(m.Tensor(std::string(1, static_cast<char>('a' + i)), {2, 3}, types[i]));
  const int y = m.Tensor("y", {2, 3}, out);
  m.Op(code, inputs, {y});
  try {
    std::string text;
    for (const graph::Node& n : m.Import(inputs, {y}).nodes) text += (text.empty() ? "" : " ") + n.op;
    return text;
  } catch (const graph::ImportError& e) {
    return e.what();
  }
}

TEST(TfliteElementwise, FunctionsHaveTheirOps) {
  for (const auto& [code, op] : std::vector<std::pair<int, std::string>>{{101, "abs"},
                                                                         {59, "neg"},
                                                                         {158, "sign"},
                                                                         {8, "floor"},
                                                                         {104, "ceil"},
                                                                         {116, "round"},
                                                                         {47, "exp"},
                                                                         {73, "log"},
                                                                         {66, "sin"},
                                                                         {108, "cos"},
                                                                         {75, "sqrt"},
                                                                         {76, "sqrt div"},
                                                                         {92, "mul"},
                                                                         {111, "elu"},
                                                                         {152, "clamp"},
                                                                         {150, "gelu"}}) {
    EXPECT_EQ(Becomes(code, {kFloat}, kFloat), op) << code;
  }
  EXPECT_EQ(Becomes(50, {kFloat}, kFloat), "reduce_max sub exp reduce_sum log sub");
  EXPECT_NE(Becomes(66, {kInt32}, kInt32).find("convert the model to float32"), std::string::npos);
}

TEST(TfliteElementwise, PairsOfNumbers) {
  for (const auto& [code, op] : std::vector<std::pair<int, std::string>>{{55, "max"},
                                                                         {57, "min"},
                                                                         {78, "pow"},
                                                                         {95, "mod"},
                                                                         {106, "add"},
                                                                         {99, "sub mul"},
                                                                         {0, "add"},
                                                                         {18, "mul"},
                                                                         {41, "sub"},
                                                                         {42, "div"}}) {
    EXPECT_EQ(Becomes(code, {kFloat, kFloat}, kFloat), op) << code;
    EXPECT_EQ(Becomes(code, {kInt32, kInt32}, kInt32), op) << code;
    EXPECT_NE(Becomes(code, {kInt8, kInt8}, kInt8).find("dtype int8 is not supported"), std::string::npos) << code;
  }
  EXPECT_EQ(Becomes(90, {kFloat, kFloat}, kFloat), "div floor");
  EXPECT_EQ(Becomes(90, {kInt32, kInt32}, kInt32), "floor_div");
  EXPECT_EQ(Becomes(54, {kFloat, kFloat}, kFloat), "prelu");
}

TEST(TfliteElementwise, ComparisonsAndChoices) {
  for (const auto& [code, op] : std::vector<std::pair<int, std::string>>{
           {71, "equal"}, {72, "not_equal"}, {58, "less"}, {63, "less_equal"}, {61, "less"}, {62, "less_equal"}}) {
    EXPECT_EQ(Becomes(code, {kInt32, kInt32}, kBool), op) << code;
    EXPECT_NE(Becomes(code, {kInt8, kInt8}, kBool).find("dtype int8 is not supported"), std::string::npos) << code;
  }
  EXPECT_EQ(Becomes(86, {kBool, kBool}, kBool), "bitwise_and");
  EXPECT_EQ(Becomes(84, {kBool, kBool}, kBool), "bitwise_or");
  EXPECT_EQ(Becomes(123, {kBool, kFloat, kFloat}, kFloat), "where");
  EXPECT_EQ(Becomes(64, {kBool, kInt32, kInt32}, kInt32), "where");
  EXPECT_EQ(Becomes(160, {kInt32, kInt32}, kInt32), "bitwise_xor");
  EXPECT_NE(Becomes(86, {kInt32, kInt32}, kBool).find("it must be bool"), std::string::npos);
  EXPECT_NE(Becomes(160, {kFloat, kFloat}, kFloat).find("it must be an integer"), std::string::npos);
}

TEST(TfliteElementwise, CastsGoAnywhere) {
  EXPECT_EQ(Becomes(53, {kFloat}, kInt32), "cast");
  EXPECT_EQ(Becomes(53, {kBool}, kFloat), "cast");
  EXPECT_EQ(Becomes(53, {kInt32}, tflite::TensorType_FLOAT16), "cast cast");
}

TEST(TfliteElementwise, LeakyReluHasItsSlope) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {2, 3});
  const int y = m.Tensor("y", {2, 3});
  m.Op(98, {x}, {y}, tflite::Options_LeakyReluOptions, tflite::CreateLeakyReluOptions(m.fbb(), 0.25F).Union());
  const graph::Graph g = m.Import({x}, {y});
  ASSERT_EQ(g.nodes.size(), 1U);
  EXPECT_EQ(g.nodes[0].op, "prelu");
  EXPECT_EQ(g.values[static_cast<size_t>(g.nodes[0].inputs[1])].As<float>(), std::vector<float>{0.25F});
}

}  // namespace
}  // namespace adze::import
