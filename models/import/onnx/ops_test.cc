// SPDX-License-Identifier: Apache-2.0
// ONNX ops other than windows: shapes, elementwise ops, products, and what is computed at import.
#include <gtest/gtest.h>

#include <cmath>

#include "models/import/testing/onnx_model.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/fully_connected.h"
#include "op-registry/ops/layer_norm.h"
#include "op-registry/ops/lstm.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/recurrent.h"
#include "op-registry/ops/reduce_mean.h"
#include "op-registry/ops/unary.h"

namespace adze::import {
namespace {

using Dims = std::vector<int64_t>;

// One node y = op(x, integers...) on an input of the given shape.
struct OneNode {
  OneNode(const std::string& op, const Dims& dims, int64_t opset, const std::vector<Dims>& ints = {}) : m(opset) {
    m.Input("x", dims);
    m.Output("y");
    std::vector<std::string> inputs = {"x"};
    for (size_t i = 0; i < ints.size(); ++i) {
      inputs.push_back("i" + std::to_string(i));
      m.Ints(inputs.back(), ints[i]);
    }
    node = m.Node(op, inputs, "y");
  }
  Dims Out() const { return OutputValue(m.Import()).dims; }
  OnnxModelBuilder m;
  onnx::Node* node;
};

TEST(OnnxReshape, ZeroCopiesAndMinusOneFills) {
  EXPECT_EQ(OneNode("Reshape", {2, 3, 4}, 13, {{0, -1}}).Out(), (Dims{2, 12}));
  EXPECT_EQ(OneNode("Reshape", {2, 3, 4}, 13, {{-1, 0, 2}}).Out(), (Dims{4, 3, 2}));
  EXPECT_NE(OneNode("Reshape", {2, 3, 4}, 13, {{5, -1}}).m.Report().find("does not divide 24 elements"), std::string::npos);
  EXPECT_NE(OneNode("Reshape", {2, 3, 4}, 13, {{-1, -1}}).m.Report().find("impossible"), std::string::npos);
  OneNode zero("Reshape", {2, 3, 4}, 14, {{0, 24}});
  SetInt(zero.node, "allowzero", 1);
  EXPECT_NE(zero.m.Report().find("does not hold 24 elements"), std::string::npos) << zero.m.Report();
  OneNode old("Reshape", {2, 3, 4}, 1);
  SetInts(old.node, "shape", {6, -1});
  EXPECT_EQ(old.Out(), (Dims{6, 4}));
}

TEST(OnnxReshape, FlattenSqueezeUnsqueeze) {
  EXPECT_EQ(OneNode("Flatten", {2, 3, 4, 5}, 13).Out(), (Dims{2, 60}));
  OneNode last("Flatten", {2, 3}, 13);
  SetInt(last.node, "axis", -1);
  EXPECT_EQ(last.Out(), (Dims{2, 3}));
  OneNode zero("Flatten", {2, 3}, 13);
  SetInt(zero.node, "axis", 0);
  EXPECT_EQ(zero.Out(), (Dims{1, 6}));
  EXPECT_EQ(OneNode("Squeeze", {1, 3, 1}, 13).Out(), (Dims{3}));
  EXPECT_EQ(OneNode("Squeeze", {1, 3, 1}, 13, {{-1}}).Out(), (Dims{1, 3}));
  OneNode squeeze("Squeeze", {1, 3, 1}, 11);
  SetInts(squeeze.node, "axes", {0});
  EXPECT_EQ(squeeze.Out(), (Dims{3, 1}));
  EXPECT_EQ(OneNode("Unsqueeze", {2, 3}, 13, {{-1, 0}}).Out(), (Dims{1, 2, 3, 1}));
  EXPECT_NE(OneNode("Unsqueeze", {2, 3}, 13, {{0, -4}}).m.Report().find("one twice"), std::string::npos);
}

TEST(OnnxElementwise, HardActivations) {
  EXPECT_EQ(OneNode("HardSwish", {2, 3}, 14).Out(), (Dims{2, 3}));
  OneNode gate("HardSigmoid", {2, 3}, 14);
  SetFloat(gate.node, "alpha", 1.0F / 6);
  const graph::Graph g = gate.m.Import();
  const auto p = Only(g, "add").Params<BinaryParams>();
  EXPECT_EQ(p.clamp.lo, 0);
  EXPECT_EQ(p.clamp.hi, 1);
  EXPECT_EQ(g.values[static_cast<size_t>(Only(g, "add").inputs[1])].As<float>(), std::vector<float>{0.5F});
  EXPECT_EQ(g.values[static_cast<size_t>(Only(g, "mul").inputs[1])].As<float>(), std::vector<float>{1.0F / 6});
}

TEST(OnnxFold, WhatIsComputedOfConstantsIsAConstant) {
  OnnxModelBuilder m;
  m.Input("x", {3});
  m.Output("y");
  m.Floats("c", {3}, {4, 9, 16});
  m.Node("Sqrt", {"c"}, "root");
  m.Node("Sigmoid", {"x"}, "s");
  m.Node("Mul", {"s", "root"}, "y");
  const graph::Graph g = m.Import();
  EXPECT_EQ(g.nodes.size(), 2U);
  EXPECT_EQ(g.values[static_cast<size_t>(Only(g, "mul").inputs[1])].As<float>(), (std::vector<float>{2, 3, 4}));
}

TEST(OnnxSlice, NegativeIndexesCountFromTheEndAndAreClamped) {
  OneNode s("Slice", {4, 10}, 13, {{-3, -100}, {-1, INT64_MAX}, {1, 0}, {2, 1}});
  const graph::Graph g = s.m.Import();
  const auto p = Only(g, "slice").Params<SliceParams>();
  EXPECT_EQ(p.begin[0], 0);
  EXPECT_EQ(p.begin[1], 7);
  EXPECT_EQ(OutputValue(g).dims, (Dims{4, 1}));
  OneNode old("Slice", {4, 10}, 9);
  SetInts(old.node, "starts", {2});
  SetInts(old.node, "ends", {9});
  SetInts(old.node, "axes", {1});
  EXPECT_EQ(old.Out(), (Dims{4, 7}));
  OneNode backward("Slice", {4, 10}, 13, {{-1}, {INT64_MIN}, {1}, {-1}});
  EXPECT_EQ(Only(backward.m.Import(), "reverse").Params<ReverseParams>().axes, 2U);
}

TEST(OnnxSlice, ConstantsAreCutBackwardsToo) {
  OnnxModelBuilder m;
  m.Input("x", {5, 4, 3, 2, 1});
  m.Output("y");
  m.Ints("c", {1, 2, 3, 4, 5});
  m.Ints("start", {-1});
  m.Ints("end", {INT64_MIN});
  m.Ints("axis", {0});
  m.Ints("step", {-1});
  m.Node("Slice", {"c", "start", "end", "axis", "step"}, "back");
  m.Node("Reshape", {"x", "back"}, "y");
  m.model().mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape()->clear_dim();
  for (const int64_t d : {1, 2, 3, 4, 5}) {
    m.model().mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape()->add_dim()->set_dim_value(d);
  }
  EXPECT_EQ(OutputValue(m.Import()).dims, (Dims{5, 4, 3, 2, 1}));
}

TEST(OnnxPad, InputFormAndAttributeForm) {
  const graph::Graph g = OneNode("Pad", {2, 3}, 13, {{1, 0, 0, 2}}).m.Import();
  EXPECT_EQ(OutputValue(g).dims, (Dims{3, 5}));
  OneNode old("Pad", {2, 3}, 2);
  SetInts(old.node, "pads", {0, 1, 0, 1});
  SetFloat(old.node, "value", -1.5f);
  const graph::Graph h = old.m.Import();
  float value = 0;
  std::memcpy(&value, Only(h, "pad").Params<PadParams>().value, 4);
  EXPECT_EQ(value, -1.5f);
  EXPECT_EQ(OneNode("Pad", {2, 3}, 13, {{-1, 0, 0, 0}}).Out(), (Dims{1, 3}));
  EXPECT_NE(OneNode("Pad", {2, 3}, 13, {{-2, 0, -1, 0}}).m.Report().find("cut more than the shape"), std::string::npos);
  OneNode other("Pad", {2, 3}, 13, {{1, 0, 0, 2}});
  SetString(other.node, "mode", "random");
  EXPECT_NE(other.m.Report().find("use constant, reflect, edge or wrap"), std::string::npos);
}

TEST(OnnxClip, AttributesInputsAndDefaults) {
  OneNode old("Clip", {3}, 6);
  SetFloat(old.node, "min", 0);
  SetFloat(old.node, "max", 6);
  const graph::Graph g = old.m.Import();
  EXPECT_EQ(Only(g, "clamp").Params<ClampParams>().clamp.hi, 6);
  OnnxModelBuilder m(11);
  m.Input("x", {3});
  m.Output("y");
  m.Floats("max", {}, {4});
  m.Node("Clip", {"x", "", "max"}, "y");
  const graph::Graph h = m.Import();
  EXPECT_TRUE(std::isinf(Only(h, "clamp").Params<ClampParams>().clamp.lo));
  EXPECT_EQ(Only(h, "clamp").Params<ClampParams>().clamp.hi, 4);
  OneNode wrong("Clip", {3}, 6);
  SetFloat(wrong.node, "min", 7);
  SetFloat(wrong.node, "max", 6);
  EXPECT_NE(wrong.m.Report().find("min must not exceed max"), std::string::npos);
}

TEST(OnnxSoftmax, OldFlattensAndNewWorksOnOneAxis) {
  const graph::Graph old = OneNode("Softmax", {2, 3, 4}, 12).m.Import();
  EXPECT_EQ(OutDims(old, Only(old, "softmax")), (Dims{2, 12}));
  EXPECT_EQ(OutputValue(old).dims, (Dims{2, 3, 4}));
  const graph::Graph now = OneNode("Softmax", {2, 3, 4}, 13).m.Import();
  EXPECT_EQ(now.nodes.size(), 1u);
  OneNode middle("Softmax", {2, 3, 4}, 13);
  SetInt(middle.node, "axis", 1);
  const graph::Graph g = middle.m.Import();
  EXPECT_EQ(OutDims(g, Only(g, "softmax")), (Dims{2, 4, 3}));
  EXPECT_EQ(OutputValue(g).dims, (Dims{2, 3, 4}));
  const graph::Graph ones = OneNode("Softmax", {1, 1000, 1, 1}, 7).m.Import();
  EXPECT_EQ(OutDims(ones, Only(ones, "softmax")), (Dims{1, 1000}));
}

TEST(OnnxGemm, TransposesAlphaAndBeta) {
  OnnxModelBuilder m;
  m.Input("x", {3, 2});
  m.Output("y");
  m.Floats("b", {3, 2}, {1, 2, 3, 4, 5, 6});
  m.Floats("c", {1}, {10});
  onnx::Node* n = m.Node("Gemm", {"x", "b", "c"}, "y");
  SetInt(n, "transA", 1);
  SetFloat(n, "alpha", 2);
  SetFloat(n, "beta", 0.5f);
  const graph::Graph g = m.Import();
  const graph::Node& fc = Only(g, "fully_connected");
  EXPECT_EQ(g.values[static_cast<size_t>(fc.inputs[1])].As<float>(), (std::vector<float>{2, 6, 10, 4, 8, 12}));
  EXPECT_EQ(g.values[static_cast<size_t>(fc.inputs[2])].As<float>(), (std::vector<float>{5, 5}));
  EXPECT_EQ(OutputValue(g).dims, (Dims{2, 2}));
}

TEST(OnnxMatMul, LeadingDimsStayAndVectorsDrop) {
  OnnxModelBuilder m;
  m.Input("x", {2, 5, 3});
  m.Output("y");
  m.Ones("b", {3, 4});
  m.Node("MatMul", {"x", "b"}, "y");
  EXPECT_EQ(OutputValue(m.Import()).dims, (Dims{2, 5, 4}));
  OnnxModelBuilder v;
  v.Input("x", {2, 5, 3});
  v.Output("y");
  v.Ones("b", {3});
  v.Node("MatMul", {"x", "b"}, "y");
  EXPECT_EQ(OutputValue(v.Import()).dims, (Dims{2, 5}));
}

TEST(OnnxBatchNormalization, BecomesMulAndAdd) {
  OnnxModelBuilder m;
  m.Input("x", {1, 2, 3, 3});
  m.Output("y");
  m.Floats("scale", {2}, {2, 3});
  m.Floats("bias", {2}, {1, 1});
  m.Floats("mean", {2}, {4, 0});
  m.Floats("var", {2}, {4, 9});
  SetFloat(m.Node("BatchNormalization", {"x", "scale", "bias", "mean", "var"}, "y"), "epsilon", 0);
  const graph::Graph g = m.Import();
  const auto constant = [&](const char* op) { return g.values[static_cast<size_t>(Only(g, op).inputs[1])]; };
  EXPECT_EQ(constant("mul").dims, (Dims{1, 2, 1, 1}));
  EXPECT_EQ(constant("mul").As<float>(), (std::vector<float>{1, 1}));
  EXPECT_EQ(constant("add").As<float>(), (std::vector<float>{-3, 1}));
}

TEST(OnnxBinary, OldBroadcastAlignsAtAxis) {
  OnnxModelBuilder m(6);
  m.Input("x", {1, 2, 3, 3});
  m.Output("y");
  m.Ones("b", {2});
  onnx::Node* n = m.Node("Add", {"x", "b"}, "y");
  SetInt(n, "broadcast", 1);
  SetInt(n, "axis", 1);
  const graph::Graph g = m.Import();
  EXPECT_EQ(g.values[static_cast<size_t>(Only(g, "add").inputs[1])].dims, (Dims{1, 2, 1, 1}));
}

TEST(OnnxFolding, ShapeArithmeticNeverReachesTheGraph) {
  OnnxModelBuilder m;
  m.Input("x", {2, 3, 4});
  m.Output("y");
  m.Ints("zero", {0});
  m.Ints("one", {1});
  m.Ints("minus", {-1});
  m.Ints("axes0", {0});
  m.Node("Shape", {"x"}, "shape");
  m.Node("Gather", {"shape", "zero"}, "n");
  SetInt(m.Node("Cast", {"n"}, "f"), "to", 1);
  m.Node("Floor", {"f"}, "floor");
  SetInt(m.Node("Cast", {"floor"}, "i"), "to", 7);
  m.Node("Mul", {"i", "one"}, "same");
  m.Node("Sub", {"same", "one"}, "less");
  m.Node("Add", {"less", "one"}, "more");
  SetInt(m.Node("Concat", {"more", "minus"}, "target"), "axis", 0);
  m.Node("Reshape", {"x", "target"}, "y");
  const graph::Graph g = m.Import();
  EXPECT_EQ(g.nodes.size(), 1u);
  EXPECT_EQ(OutputValue(g).dims, (Dims{2, 12}));
}

TEST(OnnxFolding, DivisionByZeroAndOverflowAreErrors) {
  for (const auto& [op, value] : {std::pair<std::string, int64_t>{"Div", 0}, {"Mul", INT64_MAX}}) {
    OnnxModelBuilder m;
    m.Input("x", {2});
    m.Output("y");
    m.Ints("a", {INT64_MIN});
    m.Ints("b", {value});
    m.Node(op, {"a", "b"}, "s");
    m.Node("Reshape", {"x", "s"}, "y");
    EXPECT_NE(m.Report().find(value == 0 ? "divided by 0" : "overflows"), std::string::npos) << m.Report();
  }
}

TEST(OnnxFloat16, OnlyInputsAndOutputsStayHalf) {
  OnnxModelBuilder m;
  m.Input("x", {2}, 10);
  m.Output("y", 10);
  onnx::Tensor* t = m.model().mutable_graph()->add_initializer();
  t->set_name("c");
  t->set_data_type(10);
  t->add_dims(2);
  t->set_raw_data(std::string("\x00\x3c\x00\xc0", 4));  // 1, -2
  m.Node("Mul", {"x", "c"}, "y");
  const graph::Graph g = m.Import();
  ASSERT_EQ(g.nodes.size(), 3u);
  EXPECT_EQ(g.nodes[0].op, "cast");
  EXPECT_EQ(g.nodes[2].op, "cast");
  EXPECT_EQ(g.values[static_cast<size_t>(g.inputs[0])].dtype, DType::kF16);
  EXPECT_EQ(OutputValue(g).name, "y");
  EXPECT_EQ(OutputValue(g).dtype, DType::kF16);
  EXPECT_EQ(g.values[static_cast<size_t>(g.nodes[1].inputs[1])].As<float>(), (std::vector<float>{1, -2}));
}

TEST(OnnxGraph, OutputsThatAreInputsOrConstantsBecomeCopies) {
  OnnxModelBuilder m;
  m.Input("x", {2});
  m.Ones("c", {3});
  m.Output("x");
  m.Output("c");
  m.Output("i");
  m.Node("Identity", {"x"}, "i");
  const graph::Graph g = m.Import();
  ASSERT_EQ(g.outputs.size(), 3u);
  EXPECT_EQ(g.nodes.size(), 3u);
  EXPECT_EQ(OutputValue(g, 0).name, "x");
  EXPECT_EQ(OutputValue(g, 1).name, "c");
  EXPECT_EQ(OutputValue(g, 1).dims, (Dims{3}));
  EXPECT_EQ(OutputValue(g, 2).name, "i");
  graph::CheckGraph(g, "import");
}

TEST(OnnxGraph, UnsortedNodesAreSortedAndOldInitializersAreNoInputs) {
  OnnxModelBuilder m(7);
  m.Input("x", {2});
  m.Input("c", {2});
  m.Ones("c", {2});
  m.Output("y");
  m.Node("Relu", {"s"}, "y");
  m.Node("Add", {"x", "c"}, "s");
  const graph::Graph g = m.Import();
  EXPECT_EQ(g.inputs.size(), 1u);
  EXPECT_EQ(g.nodes[0].op, "add");
}

TEST(OnnxMatMul, TwoComputedOperands) {
  const auto out = [](const Dims& a, const Dims& b) {
    OnnxModelBuilder m;
    m.Input("a", a);
    m.Input("b", b);
    m.Output("y");
    m.Node("MatMul", {"a", "b"}, "y");
    const graph::Graph g = m.Import();
    EXPECT_EQ(Only(g, "matmul").inputs.size(), 2U);
    return OutputValue(g).dims;
  };
  EXPECT_EQ(out({2, 3}, {3, 5}), (Dims{2, 5}));
  EXPECT_EQ(out({4, 2, 3}, {3, 5}), (Dims{4, 2, 5}));
  EXPECT_EQ(out({2, 3}, {4, 1, 3, 5}), (Dims{4, 1, 2, 5}));
  EXPECT_EQ(out({3}, {3, 5}), (Dims{5}));
  EXPECT_EQ(out({4, 2, 3}, {3}), (Dims{4, 2}));
  EXPECT_EQ(out({3}, {3}), (Dims{}));
  OnnxModelBuilder bad;
  bad.Input("a", {2, 3});
  bad.Input("b", {4, 5});
  bad.Output("y");
  bad.Node("MatMul", {"a", "b"}, "y");
  EXPECT_NE(bad.Report().find("[2, 3] and [4, 5] does not fit together"), std::string::npos) << bad.Report();
}

TEST(OnnxGemm, ComputedRightOperand) {
  OnnxModelBuilder m;
  m.Input("a", {3, 2});
  m.Input("b", {5, 3});
  m.Ones("c", {5});
  m.Output("y");
  onnx::Node* n = m.Node("Gemm", {"a", "b", "c"}, "y");
  SetInt(n, "transA", 1);
  SetInt(n, "transB", 1);
  SetFloat(n, "alpha", 0.5F);
  const graph::Graph g = m.Import();
  EXPECT_EQ(OutputValue(g).dims, (Dims{2, 5}));
  EXPECT_EQ(OutDims(g, Only(g, "matmul")), (Dims{2, 5}));
  EXPECT_EQ(Only(g, "mul").inputs.size(), 2U);
  EXPECT_EQ(Only(g, "add").inputs.size(), 2U);
}

TEST(OnnxReduceMean, AnyAxesAsAttributeOrInput) {
  EXPECT_EQ(OneNode("ReduceMean", {2, 3, 4}, 18, {{-1}}).Out(), (Dims{2, 3, 1}));
  OneNode old("ReduceMean", {2, 3, 4}, 13);
  SetInts(old.node, "axes", {0, 2});
  SetInt(old.node, "keepdims", 0);
  EXPECT_EQ(old.Out(), (Dims{3}));
  EXPECT_EQ(Only(old.m.Import(), "reduce_mean").Params<ReduceMeanParams>().axes, 5U);
  EXPECT_EQ(OneNode("ReduceMean", {2, 3, 4}, 13).Out(), (Dims{1, 1, 1}));
  OneNode none("ReduceMean", {2, 3, 4}, 18);
  SetInt(none.node, "noop_with_empty_axes", 1);
  EXPECT_EQ(none.Out(), (Dims{2, 3, 4}));
}

TEST(OnnxMath, PowersBecomeProductsAndRoots) {
  const auto ops = [](float exponent) {
    OnnxModelBuilder m;
    m.Input("x", {2, 3});
    m.Output("y");
    m.Floats("e", {}, {exponent});
    m.Node("Pow", {"x", "e"}, "y");
    std::string names;
    for (const graph::Node& n : m.Import().nodes) names += n.op + " ";
    return names;
  };
  EXPECT_EQ(ops(2), "mul ");
  EXPECT_EQ(ops(3), "mul mul ");
  EXPECT_EQ(ops(0.5F), "sqrt ");
  EXPECT_EQ(ops(1.5F), "sqrt mul ");
  EXPECT_EQ(ops(-1), "div ");
  EXPECT_EQ(ops(-0.5F), "sqrt div ");
  for (const float other : {0.0F, 0.3F, 5.0F, NAN}) EXPECT_EQ(ops(other), "pow ") << other;
}

TEST(OnnxMath, ConstantsAreComputedAtImport) {
  OnnxModelBuilder m;
  m.Input("x", {2, 3});
  m.Output("y");
  m.Floats("sixteen", {}, {16});
  m.Node("Sqrt", {"sixteen"}, "four");
  m.Node("Reciprocal", {"four"}, "quarter");
  m.Node("Mul", {"x", "quarter"}, "y");
  const graph::Graph g = m.Import();
  EXPECT_EQ(g.values[static_cast<size_t>(Only(g, "mul").inputs[1])].As<float>(), std::vector<float>{0.25F});
}

TEST(OnnxMath, FunctionsOfOneInput) {
  EXPECT_EQ(Only(OneNode("Erf", {2, 3}, 13).m.Import(), "erf").inputs.size(), 1U);
  EXPECT_EQ(Only(OneNode("Tanh", {2, 3}, 13).m.Import(), "tanh").inputs.size(), 1U);
  EXPECT_EQ(Only(OneNode("Gelu", {2, 3}, 20).m.Import(), "gelu").inputs.size(), 1U);
  OneNode tanh("Gelu", {2, 3}, 20);
  SetString(tanh.node, "approximate", "tanh");
  EXPECT_EQ(Only(tanh.m.Import(), "tanh").inputs.size(), 1U);
}

TEST(OnnxElementwise, DifferencesAndQuotientsOfComputedTensors) {
  for (const auto& [op, want] : {std::pair<std::string, std::string>{"Sub", "sub"}, {"Div", "div"}}) {
    OnnxModelBuilder m;
    m.Input("a", {2, 3});
    m.Input("b", {3});
    m.Output("y");
    m.Node(op, {"a", "b"}, "y");
    EXPECT_EQ(OutputValue(m.Import()).dims, (Dims{2, 3}));
    EXPECT_EQ(Only(m.Import(), want).inputs.size(), 2U);
  }
}

TEST(OnnxLayerNormalization, AxisAndMissingBias) {
  OnnxModelBuilder m(17);
  m.Input("x", {2, 3, 4});
  m.Ones("scale", {3, 4});
  m.Output("y");
  onnx::Node* n = m.Node("LayerNormalization", {"x", "scale"}, "y");
  SetInt(n, "axis", 1);
  SetFloat(n, "epsilon", 1e-6F);
  const graph::Graph g = m.Import();
  EXPECT_EQ(OutputValue(g).dims, (Dims{2, 3, 4}));
  EXPECT_EQ(OutDims(g, Only(g, "layer_norm")), (Dims{2, 12}));
  EXPECT_EQ(Only(g, "layer_norm").Params<LayerNormParams>().epsilon, 1e-6F);
}

// 5 steps of 2 sequences, 3 inputs, 4 hidden.
struct LstmModel {
  explicit LstmModel(int64_t directions, const std::vector<std::string>& outputs) : m(14) {
    m.Input("x", {5, 2, 3});
    m.Ones("w", {directions, 16, 3});
    m.Ones("r", {directions, 16, 4});
    m.Ones("b", {directions, 32});
    node = m.Node("LSTM", {"x", "w", "r", "b"}, outputs[0]);
    for (size_t i = 1; i < outputs.size(); ++i) node->add_output(outputs[i]);
    for (const std::string& o : outputs) {
      if (!o.empty()) m.Output(o);
    }
    SetInt(node, "hidden_size", 4);
  }
  OnnxModelBuilder m;
  onnx::Node* node;
};

TEST(OnnxLstm, SequenceAndFinalState) {
  LstmModel forward(1, {"y", "h"});
  const graph::Graph g = forward.m.Import();
  EXPECT_EQ(OutputValue(g, 0).dims, (Dims{5, 1, 2, 4}));
  EXPECT_EQ(OutputValue(g, 1).dims, (Dims{1, 2, 4}));
  EXPECT_EQ(Only(g, "slice").Params<SliceParams>().begin[0], 4);
  const graph::Node& n = Only(g, "lstm");
  EXPECT_EQ(n.inputs.size(), 4U);
  EXPECT_EQ(g.values[static_cast<size_t>(n.inputs[3])].As<float>(), std::vector<float>(16, 2.0F));  // both biases
  LstmModel reverse(1, {"", "h"});
  SetString(reverse.node, "direction", "reverse");
  const graph::Graph h = reverse.m.Import();
  EXPECT_EQ(Only(h, "lstm").Params<LstmParams>().reverse, 1);
  EXPECT_EQ(Only(h, "slice").Params<SliceParams>().begin[0], 0);
}

TEST(OnnxLstm, BothDirectionsAndInitialStates) {
  LstmModel both(2, {"y", "h"});
  SetString(both.node, "direction", "bidirectional");
  both.m.Input("h0", {2, 2, 4});
  both.node->add_input("");
  both.node->add_input("h0");
  const graph::Graph g = both.m.Import();
  EXPECT_EQ(OutputValue(g, 0).dims, (Dims{5, 2, 2, 4}));
  EXPECT_EQ(OutputValue(g, 1).dims, (Dims{2, 2, 4}));
  size_t directions = 0;
  for (const graph::Node& n : g.nodes) {
    if (n.op != "lstm") continue;
    EXPECT_EQ(n.Params<LstmParams>().reverse, directions);
    EXPECT_EQ(n.inputs.size(), 6U);
    ++directions;
  }
  EXPECT_EQ(directions, 2U);
}

TEST(OnnxLstm, OptionsTakeTheFullOp) {
  LstmModel cell(1, {"y", "", "c"});
  const graph::Graph g = cell.m.Import();
  EXPECT_EQ(OutputValue(g, 1).dims, (Dims{1, 2, 4}));
  EXPECT_EQ(Only(g, "lstm_full").Params<RecurrentParams>().options, kCellOut);
  LstmModel peepholes(1, {"y"});
  peepholes.m.Ones("p", {1, 12});
  for (const char* input : {"", "", "", "p"}) peepholes.node->add_input(input);
  const graph::Graph p = peepholes.m.Import();
  EXPECT_EQ(Only(p, "lstm_full").Params<RecurrentParams>().options, uint32_t{kPeepholes} | kCellOut);
  LstmModel lengths(1, {"y"});  // that say what the shape says
  lengths.m.Ints("lens", {5, 5});
  lengths.node->add_input("lens");
  EXPECT_EQ(Only(lengths.m.Import(), "lstm").inputs.size(), 4U);
}

TEST(OnnxLstm, Refuses) {
  LstmModel clip(1, {"y"});
  SetFloat(clip.node, "clip", -3);
  EXPECT_NE(clip.m.Report().find("attribute clip must be above 0"), std::string::npos);
  LstmModel layout(1, {"y"});
  SetInt(layout.node, "layout", 2);
  EXPECT_NE(layout.m.Report().find("attribute layout has the value 2"), std::string::npos);
  LstmModel activation(1, {"y"});
  onnx::Attribute* a = activation.node->add_attribute();
  a->set_name("activations");
  a->set_type(8);
  for (const char* name : {"Sigmoid", "Swish", "Tanh"}) a->add_strings(name);
  EXPECT_NE(activation.m.Report().find("the activation 'Swish' is unknown"), std::string::npos) << activation.m.Report();
  LstmModel lengths(1, {"y"});
  lengths.m.Ints("lens", {6, 5});
  lengths.node->add_input("lens");
  EXPECT_NE(lengths.m.Report().find("a sequence of length 6 among 5 steps"), std::string::npos) << lengths.m.Report();
  LstmModel shape(1, {"y"});
  shape.m.Ones("wide", {1, 16, 7});
  shape.node->set_input(1, "wide");
  EXPECT_NE(shape.m.Report().find("W has shape [1, 16, 7]; it must be [1, 16, 3]"), std::string::npos) << shape.m.Report();
}

}  // namespace
}  // namespace adze::import
