// SPDX-License-Identifier: Apache-2.0
// Element types without kernels of their own: in which dtype an op computes them, and what comes out, by constants that are folded at import.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>

#include "models/import/testing/onnx_model.h"

namespace adze::import {
namespace {

constexpr int kUint16 = 4, kInt16 = 5, kInt64 = 7, kBool = 9, kDouble = 11, kUint32 = 12, kUint64 = 13, kBfloat16 = 16;

template <typename T>
void Constant(OnnxModelBuilder* m, const std::string& name, int type, const std::vector<T>& data) {
  onnx::Tensor* t = m->model().mutable_graph()->add_initializer();
  t->set_name(name);
  t->set_data_type(type);
  t->add_dims(static_cast<int64_t>(data.size()));
  t->set_raw_data(data.data(), data.size() * sizeof(T));
}

using Set = std::function<void(onnx::Node*)>;

// y = op(a, b) of constants.
template <typename T, typename Y = T>
std::vector<Y> Of(const std::string& op, int type, const std::vector<std::vector<T>>& inputs, int out, const Set& set = {}) {
  OnnxModelBuilder m(18);
  std::vector<std::string> names;
  for (const std::vector<T>& v : inputs) {
    names.emplace_back(1, static_cast<char>('a' + names.size()));
    Constant(&m, names.back(), type, v);
  }
  m.Output("y", out);
  onnx::Node* node = m.Node(op, names, "y");
  if (set) set(node);
  EXPECT_EQ(m.Report(), "");
  const graph::Graph g = m.Import();
  EXPECT_EQ(g.nodes.size(), 1u) << "the node is not folded";
  return g.values[static_cast<size_t>(g.nodes[0].inputs[0])].As<Y>();
}

constexpr uint64_t kTop = uint64_t{1} << 63;

TEST(OnnxDtypes, OrderAndQuotientsOfUint64AreUnsigned) {
  const std::vector<std::vector<uint64_t>> ab = {{1, kTop, kTop + 5, 7, UINT64_MAX, UINT64_MAX, kTop, 9, 3, UINT64_MAX},
                                                 {kTop, 1, kTop, 2, 10, UINT64_MAX - 1, 3, 0, UINT64_MAX, 1}};
  std::vector<uint64_t> greater, least, rest, quotient;
  std::vector<uint8_t> less;
  for (size_t i = 0; i < ab[0].size(); ++i) {
    const uint64_t a = ab[0][i], b = ab[1][i];
    greater.push_back(std::max(a, b));
    least.push_back(std::min(a, b));
    less.push_back(a < b ? 1 : 0);
    rest.push_back(b == 0 ? 0 : a % b);
    quotient.push_back(b == 0 ? 0 : a / b);
  }
  EXPECT_EQ(Of("Max", kUint64, ab, kUint64), greater);
  EXPECT_EQ(Of("Min", kUint64, ab, kUint64), least);
  EXPECT_EQ(Of("Mod", kUint64, ab, kUint64), rest);
  EXPECT_EQ((Of<uint64_t, uint8_t>("Less", kUint64, ab, kBool)), less);
  // Div of constants is shape arithmetic, where a division by 0 is an error.
  std::vector<std::vector<uint64_t>> divisible = ab;
  divisible[1][7] = 1;
  quotient[7] = 9;
  EXPECT_EQ(Of("Div", kUint64, divisible, kUint64), quotient);
}

TEST(OnnxDtypes, ShiftsOfEveryWidth) {
  const auto left = [](onnx::Node* n) { SetString(n, "direction", "LEFT"); };
  const auto right = [](onnx::Node* n) { SetString(n, "direction", "RIGHT"); };
  const std::vector<uint64_t> x = {kTop + 3, kTop, UINT64_MAX, 5, 5, 1}, by = {0, 63, 1, 2, 64, 63};
  EXPECT_EQ(Of("BitShift", kUint64, std::vector<std::vector<uint64_t>>{x, by}, kUint64, right),
            (std::vector<uint64_t>{kTop + 3, 1, UINT64_MAX / 2, 1, 0, 0}));
  EXPECT_EQ(Of("BitShift", kUint64, std::vector<std::vector<uint64_t>>{x, by}, kUint64, left),
            (std::vector<uint64_t>{kTop + 3, 0, UINT64_MAX - 1, 20, 0, kTop}));
  const std::vector<std::vector<uint32_t>> words = {{UINT32_MAX, UINT32_MAX, 3}, {31, 1, 30}};
  EXPECT_EQ(Of("BitShift", kUint32, words, kUint32, right), (std::vector<uint32_t>{1, UINT32_MAX / 2, 0}));
  EXPECT_EQ(Of("BitShift", kUint32, words, kUint32, left), (std::vector<uint32_t>{1U << 31, UINT32_MAX - 1, 3U << 30}));
  const std::vector<std::vector<uint16_t>> halves = {{0xffff, 0x8001}, {15, 1}};
  EXPECT_EQ(Of("BitShift", kUint16, halves, kUint16, left), (std::vector<uint16_t>{0x8000, 2}));
}

TEST(OnnxDtypes, NarrowIntegersKeepTheirLowBits) {
  EXPECT_EQ(Of("Mul", kInt16, std::vector<std::vector<int16_t>>{{300, -300}, {300, 300}}, kInt16), (std::vector<int16_t>{24464, -24464}));
  EXPECT_EQ(Of("Sub", kUint16, std::vector<std::vector<uint16_t>>{{1}, {2}}, kUint16), (std::vector<uint16_t>{0xffff}));
  EXPECT_EQ(Of("Sub", kUint32, std::vector<std::vector<uint32_t>>{{1}, {2}}, kUint32), (std::vector<uint32_t>{UINT32_MAX}));
  EXPECT_EQ(Of("Max", kUint32, std::vector<std::vector<uint32_t>>{{UINT32_MAX}, {2}}, kUint32), (std::vector<uint32_t>{UINT32_MAX}));
  EXPECT_EQ(Of("BitwiseNot", kUint64, std::vector<std::vector<uint64_t>>{{1}}, kUint64), (std::vector<uint64_t>{UINT64_MAX - 1}));
}

TEST(OnnxDtypes, DoublesAreAddedAsDoubles) {
  EXPECT_EQ(Of("Add", kDouble, std::vector<std::vector<double>>{{1, 1e300}, {1e-12, 1e299}}, kDouble),
            (std::vector<double>{1 + 1e-12, 1e300 + 1e299}));
  EXPECT_EQ((Of<double, int64_t>("Cast", kDouble, {{9007199254740991.0, -1.5}}, kInt64, [](onnx::Node* n) { SetInt(n, "to", kInt64); })),
            (std::vector<int64_t>{9007199254740991, -1}));
}

// The Adze ops of y = second(first(a)).
std::string Chain(const std::string& first, const std::string& second, int type) {
  OnnxModelBuilder m(18);
  m.Input("a", {2, 3}, type);
  m.Output("y", type);
  m.Node(first, {"a"}, "t");
  m.Node(second, {"t"}, "y");
  if (!m.Report().empty()) return m.Report();
  std::string text;
  for (const graph::Node& n : m.Import().nodes) text += (text.empty() ? "" : " ") + n.op;
  return text;
}

TEST(OnnxDtypes, FunctionsOfDoublesStayInFloat32BetweenEachOther) {
  const std::string ops = Chain("Sin", "Exp", kDouble);
  EXPECT_EQ(ops.substr(0, ops.find("exp") + 3), "cast sin cast exp");  // the cast back of the first is dead
}

TEST(OnnxDtypes, BfloatsAreFloat32Inside) { EXPECT_EQ(Chain("Sin", "Exp", kBfloat16), "cast sin exp cast"); }

TEST(OnnxDtypes, TypesOfNoUseAreRefusedByNumber) {
  EXPECT_NE(Chain("Abs", "Neg", 14).find("ONNX element type 14 is not supported; use float32, float64"), std::string::npos);
  EXPECT_NE(Chain("Sin", "Exp", kUint16).find("dtype uint16, which is not supported for this op"), std::string::npos);
}

}  // namespace
}  // namespace adze::import
