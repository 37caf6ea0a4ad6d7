// SPDX-License-Identifier: Apache-2.0
// TFLite ops: what each option and constant becomes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/import/testing/tflite_model.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/fully_connected.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/pool2d.h"
#include "op-registry/ops/resize_linear.h"
#include "op-registry/ops/resize_nearest.h"
#include "op-registry/ops/unary.h"

namespace adze::import {
namespace {

using Dims = std::vector<int64_t>;

const Dims& OutDims(const graph::Graph& g) { return g.values[static_cast<size_t>(g.outputs.at(0))].dims; }

TEST(TfliteConv, SamePaddingStrideTwoAndActivation) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 6, 7, 2});
  const int w = m.Floats("w", {4, 3, 3, 1}, std::vector<float>(36, 1));
  const int b = m.Floats("b", {4}, {1, 2, 3, 4});
  const int y = m.Tensor("y", {1, 3, 4, 4});
  m.Op(3, {x, w, b}, {y}, tflite::Options_Conv2DOptions,
       tflite::CreateConv2DOptions(m.fbb(), tflite::Padding_SAME, 2, 2, tflite::Activation_RELU6).Union());
  const graph::Graph g = m.Import({x}, {y});
  const auto p = g.nodes.at(0).Params<Conv2dParams>();
  EXPECT_EQ(p.groups, 2);
  EXPECT_EQ(p.pad_top, 0);
  EXPECT_EQ(p.pad_bottom, 1);
  EXPECT_EQ(p.pad_left, 1);
  EXPECT_EQ(p.pad_right, 1);
  EXPECT_EQ(p.clamp.hi, 6);
  EXPECT_EQ(OutDims(g), (Dims{1, 3, 4, 4}));
}

TEST(TfliteConv, DepthwiseWithMultiplierAndDilation) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 6, 6, 2});
  const int w = m.Floats("w", {1, 1, 2, 4}, {0, 1, 2, 3, 4, 5, 6, 7});
  const int y = m.Tensor("y", {1, 6, 4, 4});
  m.Op(4, {x, w}, {y}, tflite::Options_DepthwiseConv2DOptions,
       tflite::CreateDepthwiseConv2DOptions(m.fbb(), tflite::Padding_VALID, 1, 1, 2, tflite::Activation_NONE, 2, 1).Union());
  const graph::Graph g = m.Import({x}, {y});
  const auto p = g.nodes.at(0).Params<Conv2dParams>();
  EXPECT_EQ(p.groups, 2);
  EXPECT_EQ(p.channels_out, 4);
  EXPECT_EQ(p.dilation_w, 2);
  const graph::Value& weights = g.values[static_cast<size_t>(g.nodes[0].inputs[1])];
  EXPECT_EQ(weights.dims, (Dims{4, 1, 2, 1}));
  EXPECT_EQ(weights.As<float>(), (std::vector<float>{0, 4, 1, 5, 2, 6, 3, 7}));
  EXPECT_EQ(OutDims(g), (Dims{1, 6, 4, 4}));
}

TEST(TfliteElementwise, DivTanhAndMeans) {
  TfliteModelBuilder m;
  const int a = m.Tensor("a", {2, 3});
  const int b = m.Tensor("b", {2, 3});
  const int q = m.Tensor("q", {2, 3});
  const int t = m.Tensor("t", {2, 3});
  const int y = m.Tensor("y", {2});
  m.Op(42, {a, b}, {q}, tflite::Options_DivOptions, tflite::CreateDivOptions(m.fbb(), tflite::Activation_RELU).Union());
  m.Op(28, {q}, {t});
  m.Op(40, {t, m.Ints("axes", {1})}, {y}, tflite::Options_ReducerOptions, tflite::CreateReducerOptions(m.fbb(), false).Union());
  const graph::Graph g = m.Import({a, b}, {y});
  EXPECT_EQ(g.nodes.at(0).op, "div");
  EXPECT_EQ(g.nodes.at(1).op, "tanh");
  EXPECT_EQ(g.nodes.at(2).op, "reduce_mean");
  EXPECT_EQ(OutDims(g), (Dims{2}));
}

TEST(TfliteElementwise, HardSwish) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {2, 3});
  const int y = m.Tensor("y", {2, 3});
  m.Op(117, {x}, {y});
  const graph::Graph g = m.Import({x}, {y});
  EXPECT_EQ(g.nodes.at(0).op, "hard_swish");
  EXPECT_EQ(OutDims(g), (Dims{2, 3}));
}

TEST(TfliteFullyConnected, Int8ScalesAndFusedRelu) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 2, 4}, tflite::TensorType_INT8, 0.5f, 3);
  const int w = m.Constant("w", {3, 8}, tflite::TensorType_INT8, std::vector<int8_t>(24, 1), 0.25f, 0);
  const int y = m.Tensor("y", {1, 3}, tflite::TensorType_INT8, 0.1f, -20);
  m.Op(9, {x, w, -1}, {y}, tflite::Options_FullyConnectedOptions,
       tflite::CreateFullyConnectedOptions(m.fbb(), tflite::Activation_RELU6).Union());
  const graph::Graph g = m.Import({x}, {y});
  ASSERT_EQ(g.nodes.size(), 2u);  // flattening, then the product
  const auto p = g.nodes[1].Params<FullyConnectedParams>();
  EXPECT_EQ(p.rescale, RescaleMode::kF64Away);
  EXPECT_EQ(p.x_zero_point, 3);
  EXPECT_EQ(p.y_zero_point, -20);
  EXPECT_EQ(p.q_lo, -20);
  EXPECT_EQ(p.q_hi, 40);
  EXPECT_EQ(p.w_scale, 0.25f);
  EXPECT_EQ(g.values[static_cast<size_t>(g.outputs[0])].quantization.scale.at(0), 0.1f);
}

TEST(TfliteFullyConnected, KeepNumDims) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {2, 3, 4});
  const int w = m.Floats("w", {5, 4}, std::vector<float>(20, 1));
  const int y = m.Tensor("y", {2, 3, 5});
  m.Op(9, {x, w}, {y}, tflite::Options_FullyConnectedOptions,
       tflite::CreateFullyConnectedOptions(m.fbb(), tflite::Activation_NONE, 0, true).Union());
  EXPECT_EQ(OutDims(m.Import({x}, {y})), (Dims{2, 3, 5}));
}

TEST(TflitePool, MeanOverHeightAndWidthIsAnAveragePool) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 5, 6, 3});
  const int y = m.Tensor("y", {1, 3});
  m.Op(40, {x, m.Ints("axes", {-2, 1})}, {y}, tflite::Options_ReducerOptions, tflite::CreateReducerOptions(m.fbb(), false).Union());
  const graph::Graph g = m.Import({x}, {y});
  EXPECT_EQ(g.nodes.at(0).Params<Pool2dParams>().kind, PoolKind::kAverage);
  EXPECT_EQ(g.nodes.at(0).Params<Pool2dParams>().kernel_w, 6);
  EXPECT_EQ(OutDims(g), (Dims{1, 3}));
}

TEST(TflitePool, SamePaddingIsExplicit) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 5, 5, 3});
  const int y = m.Tensor("y", {1, 3, 3, 3});
  m.Op(17, {x}, {y}, tflite::Options_Pool2DOptions, tflite::CreatePool2DOptions(m.fbb(), tflite::Padding_SAME, 2, 2, 2, 2).Union());
  const graph::Graph g = m.Import({x}, {y});
  EXPECT_EQ(g.nodes.at(0).Params<Pool2dParams>().pad_top, 0);
  EXPECT_EQ(g.nodes.at(0).Params<Pool2dParams>().pad_bottom, 1);
  EXPECT_EQ(OutDims(g), (Dims{1, 3, 3, 3}));
}

TEST(TfliteSlice, StridedSliceMasks) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {4, 10, 6});
  const int y = m.Tensor("y", {4, 6});
  // x[:, -3, 5:100:1] with the first axis free and the second dropped
  m.Op(45, {x, m.Ints("begin", {2, -3, 0}), m.Ints("end", {3, 0, 100}), m.Ints("step", {1, 1, 1})}, {y},
       tflite::Options_StridedSliceOptions, tflite::CreateStridedSliceOptions(m.fbb(), 1, 1, 0, 0, 2).Union());
  const graph::Graph g = m.Import({x}, {y});
  const auto p = g.nodes.at(0).Params<SliceParams>();
  EXPECT_EQ(p.begin[0], 0);
  EXPECT_EQ(p.begin[1], 7);
  EXPECT_EQ(OutDims(g), (Dims{4, 6}));
}

TEST(TfliteSlice, MinusOneGoesToTheEnd) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {4, 10});
  const int y = m.Tensor("y", {4, 7});
  m.Op(65, {x, m.Ints("begin", {0, 3}), m.Ints("size", {-1, -1})}, {y});
  EXPECT_EQ(OutDims(m.Import({x}, {y})), (Dims{4, 7}));
}

TEST(TfliteSlice, PadOfInt8FillsWithTheZeroPoint) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {2, 3}, tflite::TensorType_INT8, 0.5f, -7);
  const int p = m.Constant("p", {2, 2}, tflite::TensorType_INT32, std::vector<int32_t>{0, 1, 2, 0});
  const int y = m.Tensor("y", {3, 5}, tflite::TensorType_INT8, 0.5f, -7);
  m.Op(34, {x, p}, {y});
  const graph::Graph g = m.Import({x}, {y});
  EXPECT_EQ(static_cast<int8_t>(g.nodes.at(0).Params<PadParams>().value[0]), -7);
  EXPECT_EQ(OutDims(g), (Dims{3, 5}));
}

TEST(TfliteReshape, InputOptionAndSqueeze) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 2, 3, 1});
  const int a = m.Tensor("a", {3, 2});
  const int b = m.Tensor("b", {1, 6, 1});
  const int y = m.Tensor("y", {6});
  m.Op(22, {x, m.Ints("shape", {3, -1})}, {a});
  const auto shape = m.fbb().CreateVector(std::vector<int32_t>{1, -1, 1});
  m.Op(22, {a}, {b}, tflite::Options_ReshapeOptions, tflite::CreateReshapeOptions(m.fbb(), shape).Union());
  m.Op(43, {b}, {y});
  const graph::Graph g = m.Import({x}, {y});
  EXPECT_EQ(g.nodes.size(), 3u);
  EXPECT_EQ(OutDims(g), (Dims{6}));
}

TEST(TfliteCast, HalfConstantsAreWidened) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {2});
  const int h = m.Constant("h", {2}, tflite::TensorType_FLOAT16, std::vector<uint16_t>{0x3c00, 0xc000});
  const int f = m.Tensor("f", {2});
  const int y = m.Tensor("y", {2});
  m.Op(6, {h}, {f});
  m.Op(18, {x, f}, {y}, tflite::Options_MulOptions, tflite::CreateMulOptions(m.fbb(), tflite::Activation_RELU_N1_TO_1).Union());
  const graph::Graph g = m.Import({x}, {y});
  ASSERT_EQ(g.nodes.size(), 1u);
  EXPECT_EQ(g.values[static_cast<size_t>(g.nodes[0].inputs[1])].As<float>(), (std::vector<float>{1, -2}));
}

graph::Graph Resize(int32_t in, int32_t out, bool align_corners, bool half_pixel) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, in, in, 2});
  const int y = m.Tensor("y", {1, out, out, 2});
  m.Op(97, {x, m.Ints("size", {out, out})}, {y}, tflite::Options_ResizeNearestNeighborOptions,
       tflite::CreateResizeNearestNeighborOptions(m.fbb(), align_corners, half_pixel).Union());
  return m.Import({x}, {y});
}

TEST(TfliteResize, NearestByRuleOrSlice) {
  EXPECT_EQ(Resize(7, 14, false, false).nodes.at(0).Params<ResizeNearestParams>().coordinate, Coordinate::kAsymmetric);
  EXPECT_EQ(Resize(4, 8, false, true).nodes.size(), 1u);  // twice as large: half pixels give the same sources
  const graph::Graph half = Resize(8, 4, false, true);    // the odd elements
  EXPECT_EQ(half.nodes.at(0).op, "slice");
  EXPECT_EQ(half.nodes.at(0).Params<SliceParams>().begin[1], 1);
  // 0 .5 1 1.5 2 with halves up is 0 .6 1.2 1.8 2.4 rounded.
  const auto p = Resize(3, 5, true, false).nodes.at(0).Params<ResizeNearestParams>();
  EXPECT_EQ(p.coordinate, Coordinate::kAsymmetric);
  EXPECT_EQ(p.rounding, NearestRounding::kRoundPreferFloor);
}

TEST(TfliteNormalization, LengthsAndWindowsOfChannels) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 2, 3, 8});
  const int y = m.Tensor("y", {1, 2, 3, 8});
  const int z = m.Tensor("z", {1, 2, 3, 8});
  m.Op(11, {x}, {y}, tflite::Options_L2NormOptions, tflite::CreateL2NormOptions(m.fbb()).Union());
  m.Op(13, {y}, {z}, tflite::Options_LocalResponseNormalizationOptions,
       tflite::CreateLocalResponseNormalizationOptions(m.fbb(), 2, 1.5F, 0.5F, 0.75F).Union());
  const graph::Graph g = m.Import({x}, {z});
  const auto clamp = std::find_if(g.nodes.begin(), g.nodes.end(), [](const graph::Node& n) { return n.op == "clamp"; });
  ASSERT_NE(clamp, g.nodes.end());
  EXPECT_EQ(clamp->Params<ClampParams>().clamp.lo, 1e-6F);
  const auto pool = std::find_if(g.nodes.begin(), g.nodes.end(), [](const graph::Node& n) { return n.op == "pool2d"; });
  ASSERT_NE(pool, g.nodes.end());
  const auto p = pool->Params<Pool2dParams>();
  EXPECT_EQ(p.kernel_h, 5);
  EXPECT_EQ(p.pad_top, 2);
  EXPECT_EQ(p.count_include_pad, 1);
}

graph::Graph Bilinear(int32_t in, int32_t out, bool align_corners, bool half_pixel) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, in, in, 2});
  const int y = m.Tensor("y", {1, out, out, 2});
  m.Op(23, {x, m.Ints("size", {out, out})}, {y}, tflite::Options_ResizeBilinearOptions,
       tflite::CreateResizeBilinearOptions(m.fbb(), align_corners, half_pixel).Union());
  return m.Import({x}, {y});
}

TEST(TfliteResize, BilinearIsAStepAndAnOffset) {
  const auto line = [](const graph::Graph& g) {
    const auto p = g.nodes.at(0).Params<ResizeLinearParams>();
    EXPECT_EQ(p.step_h, p.step_w);
    return std::pair<double, double>{p.step_w, p.offset_w};
  };
  EXPECT_EQ(line(Bilinear(4, 8, false, false)), (std::pair<double, double>{0.5, 0}));
  EXPECT_EQ(line(Bilinear(4, 8, false, true)), (std::pair<double, double>{0.5, -0.25}));
  EXPECT_EQ(line(Bilinear(4, 7, true, false)), (std::pair<double, double>{0.5, 0}));
  EXPECT_THROW(Bilinear(4, 7, true, true), graph::ImportError);
}

TEST(TfliteGraph, SubgraphsAndMissingOptionsAreRefused) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 4});
  const int y = m.Tensor("y", {1, 4});
  m.Op(19, {x}, {y});
  EXPECT_NE(m.Report({x}, {y}, 2).find("it has 2 subgraphs"), std::string::npos);
  TfliteModelBuilder n;
  const int a = n.Tensor("a", {1, 4});
  const int b = n.Tensor("b", {1, 4});
  n.Op(25, {a}, {b});
  EXPECT_NE(n.Report({a}, {b}).find("options are missing"), std::string::npos);
}

TEST(TfliteGraph, NamesAreKeptOrMadeUnique) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {4});
  const int a = m.Tensor("", {4});
  const int b = m.Tensor("same", {4});
  const int c = m.Tensor("same", {4});
  const int y = m.Tensor("y", {4});
  m.Op(19, {x}, {a});
  m.Op(21, {a}, {b});
  m.Op(14, {b}, {c});
  m.Op(14, {c}, {y});
  const graph::Graph g = m.Import({x}, {y});
  const auto name = [&](size_t node) { return g.values[static_cast<size_t>(g.nodes[node].outputs[0])].name; };
  EXPECT_EQ(name(0), "tensor_1");
  EXPECT_EQ(name(1), "same");
  EXPECT_EQ(name(2), "same_2");
  EXPECT_EQ(name(3), "y");
}

// A recurrent layer of 2 units over 3 inputs, its state a variable.
struct RnnModel {
  explicit RnnModel(int recurrent_rows = 2) {
    x = m.Tensor("x", {1, 3});
    w = m.Floats("w", {2, 3}, std::vector<float>(6, 1));
    r = m.Floats("r", {recurrent_rows, 2}, std::vector<float>(static_cast<size_t>(recurrent_rows) * 2, 1));
    bias = m.Floats("b", {2}, {1, 2});
    state = m.Variable("state", {1, 2});
    y = m.Tensor("y", {1, 2});
    m.Op(24, {x, w, r, bias, state}, {y}, tflite::Options_RnnOptions, tflite::CreateRnnOptions(m.fbb(), tflite::Activation_TANH).Union());
  }
  TfliteModelBuilder m;
  int x, w, r, bias, state, y;
};

TEST(TfliteRecurrent, AVariableStateStartsFromZeros) {
  RnnModel one;
  const graph::Graph g = one.m.Import({one.x}, {one.y});
  const auto rnn = std::find_if(g.nodes.begin(), g.nodes.end(), [](const graph::Node& n) { return n.op == "rnn"; });
  ASSERT_NE(rnn, g.nodes.end());
  EXPECT_EQ(rnn->inputs.size(), 4U);
  EXPECT_EQ(OutDims(g), (Dims{1, 2}));
}

TEST(TfliteRecurrent, RefusesASharedStateAndWrongWeights) {
  RnnModel shared;
  const int z = shared.m.Tensor("z", {1, 2});
  shared.m.Op(24, {shared.x, shared.w, shared.r, shared.bias, shared.state}, {z}, tflite::Options_RnnOptions,
              tflite::CreateRnnOptions(shared.m.fbb(), tflite::Activation_TANH).Union());
  EXPECT_NE(shared.m.Report({shared.x}, {shared.y, z}).find("its state 'state' is read elsewhere too; variables are not supported"),
            std::string::npos);
  RnnModel wrong(3);
  EXPECT_NE(wrong.m.Report({wrong.x}, {wrong.y}).find("input weights has shape [2, 3]; it must be [3, 3]"), std::string::npos)
      << wrong.m.Report({wrong.x}, {wrong.y});
}

}  // namespace
}  // namespace adze::import
