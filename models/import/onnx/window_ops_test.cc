// SPDX-License-Identifier: Apache-2.0
// ONNX convolutions, pools and resizes: every attribute that moves a window.
#include <gtest/gtest.h>

#include <algorithm>

#include "models/import/testing/onnx_model.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/conv_transpose2d.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/pool2d.h"
#include "op-registry/ops/resize_nearest.h"

namespace adze::import {
namespace {

using Dims = std::vector<int64_t>;

TEST(OnnxConv, WeightsTurnToOhwiBetweenTransposes) {
  OnnxModelBuilder m;
  m.Input("x", {1, 2, 4, 5});
  m.Output("y");
  m.Floats("w", {3, 2, 1, 2}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  m.Floats("b", {3}, {1, 2, 3});
  m.Node("Conv", {"x", "w", "b"}, "y");
  const graph::Graph g = m.Import();
  ASSERT_EQ(g.nodes.size(), 3u);
  EXPECT_EQ(g.nodes[0].op, "transpose");
  EXPECT_EQ(g.nodes[2].op, "transpose");
  const graph::Node& conv = g.nodes[1];
  EXPECT_EQ(conv.name, "y_node");
  const graph::Value& w = g.values[static_cast<size_t>(conv.inputs[1])];
  EXPECT_EQ(w.dims, (Dims{3, 1, 2, 2}));
  EXPECT_EQ(w.As<float>(), (std::vector<float>{0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11}));
  EXPECT_EQ(OutputValue(g).name, "y");
  EXPECT_EQ(OutputValue(g).dims, (Dims{1, 3, 4, 4}));
}

Conv2dParams ConvOf(const std::string& auto_pad, int64_t size, int64_t kernel, int64_t stride, int64_t dilation) {
  OnnxModelBuilder m;
  m.Input("x", {1, 1, size, size});
  m.Output("y");
  m.Ones("w", {1, 1, kernel, kernel});
  onnx::Node* n = m.Node("Conv", {"x", "w"}, "y");
  SetString(n, "auto_pad", auto_pad);
  SetInts(n, "strides", {stride, stride});
  SetInts(n, "dilations", {dilation, dilation});
  return Only(m.Import(), "conv2d").Params<Conv2dParams>();
}

TEST(OnnxConv, SamePutsTheOddPaddingAtTheRightEnd) {
  const Conv2dParams upper = ConvOf("SAME_UPPER", 6, 3, 2, 1);
  EXPECT_EQ(upper.pad_top, 0);
  EXPECT_EQ(upper.pad_bottom, 1);
  const Conv2dParams lower = ConvOf("SAME_LOWER", 6, 3, 2, 1);
  EXPECT_EQ(lower.pad_left, 1);
  EXPECT_EQ(lower.pad_right, 0);
  const Conv2dParams dilated = ConvOf("SAME_UPPER", 7, 3, 1, 2);
  EXPECT_EQ(dilated.pad_top, 2);
  EXPECT_EQ(dilated.pad_bottom, 2);
  EXPECT_EQ(ConvOf("VALID", 6, 3, 2, 1).pad_bottom, 0);
}

TEST(OnnxConv, ExplicitPadsAreTopLeftBottomRight) {
  OnnxModelBuilder m;
  m.Input("x", {1, 4, 5, 6});
  m.Output("y");
  m.Ones("w", {8, 1, 3, 3});
  onnx::Node* n = m.Node("Conv", {"x", "w"}, "y");
  SetInts(n, "pads", {0, 1, 2, 3});
  SetInt(n, "group", 4);
  const auto p = Only(m.Import(), "conv2d").Params<Conv2dParams>();
  EXPECT_EQ(p.pad_top, 0);
  EXPECT_EQ(p.pad_left, 1);
  EXPECT_EQ(p.pad_bottom, 2);
  EXPECT_EQ(p.pad_right, 3);
  EXPECT_EQ(p.groups, 4);
  EXPECT_EQ(p.channels_out, 8);
}

TEST(OnnxConv, OneDimensionIsAWidth) {
  OnnxModelBuilder m;
  m.Input("x", {1, 4, 5});
  m.Output("y");
  m.Ones("w", {8, 4, 3});
  SetInts(m.Node("Conv", {"x", "w"}, "y"), "pads", {2, 1});
  const graph::Graph g = m.Import();
  const auto p = Only(g, "conv2d").Params<Conv2dParams>();
  EXPECT_EQ(p.kernel_h, 1);
  EXPECT_EQ(p.kernel_w, 3);
  EXPECT_EQ(p.pad_left, 2);
  EXPECT_EQ(p.pad_right, 1);
  EXPECT_EQ(p.pad_top + p.pad_bottom, 0);
  EXPECT_EQ(OutputValue(g).dims, (Dims{1, 8, 6}));
}

TEST(OnnxConv, AttributesMustFitTheSpatialDims) {
  OnnxModelBuilder m;
  m.Input("x", {1, 4, 5});
  m.Output("y");
  m.Ones("w", {8, 4, 3});
  SetInts(m.Node("Conv", {"x", "w"}, "y"), "strides", {1, 1});
  EXPECT_EQ(m.Report(), "m.onnx: node 0 'y_node' (Conv): attribute strides is [1, 1]; the input needs 1 numbers");
}

TEST(OnnxConv, DepthIsASumOfConvolutions) {
  OnnxModelBuilder m;
  m.Input("x", {2, 3, 6, 5, 5});
  m.Output("y");
  m.Ones("w", {4, 3, 2, 3, 3});
  SetInts(m.Node("Conv", {"x", "w"}, "y"), "strides", {2, 1, 1});
  const graph::Graph g = m.Import();
  EXPECT_EQ(std::count_if(g.nodes.begin(), g.nodes.end(), [](const graph::Node& n) { return n.op == "conv2d"; }), 2);
  EXPECT_EQ(OutputValue(g).dims, (Dims{2, 4, 3, 3, 3}));
}

ConvTranspose2dParams TransposedOf(const std::string& auto_pad, const Dims& more, const Dims& shape, const Dims& pads = {}) {
  OnnxModelBuilder m;
  m.Input("x", {1, 2, 5, 5});
  m.Output("y");
  m.Ones("w", {2, 3, 4, 4});
  onnx::Node* n = m.Node("ConvTranspose", {"x", "w"}, "y");
  SetInts(n, "strides", {3, 3});
  if (!auto_pad.empty()) SetString(n, "auto_pad", auto_pad);
  if (!more.empty()) SetInts(n, "output_padding", more);
  if (!shape.empty()) SetInts(n, "output_shape", shape);
  if (!pads.empty()) SetInts(n, "pads", pads);
  return Only(m.Import(), "conv_transpose2d").Params<ConvTranspose2dParams>();
}

// Nothing cut off, the output has 4 * 3 + 4 = 16 elements.
TEST(OnnxConvTranspose, WhatIsCutOffAndWhere) {
  EXPECT_EQ(TransposedOf("", {}, {}).out_h, 16);
  EXPECT_EQ(TransposedOf("", {2, 1}, {}).out_w, 17);
  const ConvTranspose2dParams padded = TransposedOf("", {}, {}, {1, 0, 2, 3});
  EXPECT_EQ(padded.pad_top, 1);
  EXPECT_EQ(padded.out_h, 13);
  EXPECT_EQ(padded.out_w, 13);
  EXPECT_EQ(TransposedOf("SAME_UPPER", {}, {}).out_h, 15);
  EXPECT_EQ(TransposedOf("SAME_UPPER", {}, {}).pad_top, 0);
  EXPECT_EQ(TransposedOf("SAME_LOWER", {}, {}).pad_top, 1);
  EXPECT_EQ(TransposedOf("SAME_UPPER", {}, {13, 13}).pad_left, 1);
  EXPECT_EQ(TransposedOf("", {}, {13, 13}).pad_left, 2);
  EXPECT_EQ(TransposedOf("", {}, {1, 3, 13, 20}).out_w, 20);  // with N and C
}

TEST(OnnxConvTranspose, StridesThatMakeTooManyConvolutionsAreRefused) {
  OnnxModelBuilder m;
  m.Input("x", {1, 2, 5, 5});
  m.Output("y");
  m.Ones("w", {2, 3, 4, 4});
  SetInts(m.Node("ConvTranspose", {"x", "w"}, "y"), "strides", {1000, 1000});
  EXPECT_NE(m.Report().find("4096 are the limit"), std::string::npos) << m.Report();
}

TEST(OnnxFusedConv, UnknownActivationsAreNamed) {
  OnnxModelBuilder m;
  m.Input("x", {1, 2, 5, 5});
  m.Output("y");
  m.Ones("w", {3, 2, 3, 3});
  onnx::Node* n = m.Node("FusedConv", {"x", "w"}, "y");
  n->set_domain("com.microsoft");
  SetString(n, "activation", "Sine");
  EXPECT_NE(m.Report().find("attribute activation has the value 'Sine'"), std::string::npos) << m.Report();
}

graph::Graph PoolGraph(const std::string& op, int64_t size, const Dims& pads, int64_t ceil, int64_t include, int64_t kernel = 3) {
  OnnxModelBuilder m;
  m.Input("x", {1, 1, size, size});
  m.Output("y");
  onnx::Node* n = m.Node(op, {"x"}, "y");
  SetInts(n, "kernel_shape", {kernel, kernel});
  SetInts(n, "strides", {2, 2});
  SetInts(n, "pads", pads);
  SetInt(n, "ceil_mode", ceil);
  if (op == "AveragePool") SetInt(n, "count_include_pad", include);
  return m.Import();
}

TEST(OnnxPool, CeilModeAddsAWindowAndDropsOneThatStartsInThePadding) {
  EXPECT_EQ(OutputValue(PoolGraph("MaxPool", 6, {0, 0, 0, 0}, 0, 0)).dims, (Dims{1, 1, 2, 2}));
  EXPECT_EQ(OutputValue(PoolGraph("MaxPool", 6, {0, 0, 0, 0}, 1, 0)).dims, (Dims{1, 1, 3, 3}));
  EXPECT_EQ(OutputValue(PoolGraph("MaxPool", 7, {0, 0, 0, 0}, 1, 0)).dims, (Dims{1, 1, 3, 3}));
  // (4 + 2 - 1) / 2 rounded up + 1 = 4 windows, but the last would start at 6 - 1 = 5, past the input of 4.
  EXPECT_EQ(OutputValue(PoolGraph("MaxPool", 4, {0, 0, 1, 1}, 1, 0, 2)).dims, (Dims{1, 1, 2, 2}));
}

TEST(OnnxPool, PaddingThatCeilModeAddsIsNotCounted) {
  const graph::Graph g = PoolGraph("AveragePool", 6, {1, 1, 0, 0}, 1, 1);
  const auto p = Only(g, "pool2d").Params<Pool2dParams>();
  EXPECT_EQ(p.kind, PoolKind::kAverage);
  EXPECT_EQ(p.count_include_pad, 1);  // 6 + 1 = 7 elements: three whole windows, nothing added
  EXPECT_EQ(p.pad_bottom, 0);
  const graph::Graph added = PoolGraph("AveragePool", 5, {1, 1, 0, 0}, 1, 1);
  const auto q = Only(added, "pool2d").Params<Pool2dParams>();
  EXPECT_EQ(q.count_include_pad, 0);  // the stated padding became a node, the added one is not counted
  EXPECT_EQ(q.pad_top, 0);
  EXPECT_EQ(q.pad_bottom, 1);
  EXPECT_EQ(Only(added, "pad").Params<PadParams>().before[1], 1);
}

TEST(OnnxPool, IndicesOfThreeDimsAreRefused) {
  OnnxModelBuilder m;
  m.Input("x", {1, 1, 8, 8, 8});
  m.Output("y");
  m.Output("i");
  onnx::Node* n = m.Node("MaxPool", {"x"}, "y");
  SetInts(n, "kernel_shape", {2, 2, 2});
  n->add_output("i");
  EXPECT_NE(m.Report().find("its output Indices is used"), std::string::npos) << m.Report();
}

TEST(OnnxPool, GlobalPoolCoversTheImage) {
  OnnxModelBuilder m;
  m.Input("x", {1, 3, 5, 7});
  m.Output("y");
  m.Node("GlobalAveragePool", {"x"}, "y");
  const graph::Graph g = m.Import();
  EXPECT_EQ(OutputValue(g).dims, (Dims{1, 3, 1, 1}));
  EXPECT_EQ(Only(g, "pool2d").Params<Pool2dParams>().kernel_w, 7);
}

graph::Graph ResizeGraph(const std::string& coordinate, const std::string& rounding, const std::vector<float>& scales, const Dims& sizes) {
  OnnxModelBuilder m;
  m.Input("x", {1, 2, 3, 4});
  m.Output("y");
  m.Floats("scales", {static_cast<int64_t>(scales.size())}, scales);
  m.Ints("sizes", sizes);
  onnx::Node* n =
      m.Node("Resize", sizes.empty() ? std::vector<std::string>{"x", "", "scales"} : std::vector<std::string>{"x", "", "", "sizes"}, "y");
  if (!coordinate.empty()) SetString(n, "coordinate_transformation_mode", coordinate);
  if (!rounding.empty()) SetString(n, "nearest_mode", rounding);
  return m.Import();
}

TEST(OnnxResize, ModesScalesAndSizes) {
  const graph::Graph a = ResizeGraph("asymmetric", "floor", {1, 1, 2, 1.6f}, {});
  const auto p = Only(a, "resize_nearest").Params<ResizeNearestParams>();
  EXPECT_EQ(p.coordinate, Coordinate::kAsymmetric);
  EXPECT_EQ(p.rounding, NearestRounding::kFloor);
  EXPECT_EQ(p.scale_w, 1.6f);
  EXPECT_EQ(OutputValue(a).dims, (Dims{1, 2, 6, 6}));  // 4 * 1.6 rounded down
  const auto q = Only(ResizeGraph("", "", {}, {1, 2, 5, 9}), "resize_nearest").Params<ResizeNearestParams>();
  EXPECT_EQ(q.coordinate, Coordinate::kHalfPixel);
  EXPECT_EQ(q.rounding, NearestRounding::kRoundPreferFloor);
  EXPECT_EQ(q.scale_h, 0);
}

TEST(OnnxResize, PytorchHalfPixelTakesTheFirstElementForASizeOfOne) {
  const graph::Graph g = ResizeGraph("pytorch_half_pixel", "floor", {}, {1, 2, 1, 8});
  const auto slice = Only(g, "slice").Params<SliceParams>();
  EXPECT_EQ(slice.begin[1], 0);
  EXPECT_EQ(OutDims(g, Only(g, "slice")), (Dims{1, 1, 4, 2}));
  EXPECT_EQ(OutputValue(g).dims, (Dims{1, 2, 1, 8}));
}

// No rule of resize_nearest: indices of a gather. Every second element: a slice.
TEST(OnnxResize, OtherChoicesAreIndicesOrSlices) {
  const graph::Graph g = ResizeGraph("align_corners", "ceil", {1, 1, 2, 1}, {});
  const graph::Value& indices = g.values[static_cast<size_t>(Only(g, "gather").inputs[1])];
  EXPECT_EQ(indices.As<int32_t>(), (std::vector<int32_t>{0, 1, 1, 2, 2, 2}));
  const graph::Graph half = ResizeGraph("asymmetric", "floor", {1, 1, 1, 0.5F}, {});
  EXPECT_EQ(Only(half, "slice").Params<SliceParams>().step[2], 2);
}

TEST(OnnxResize, UpsampleIsAsymmetricFloor) {
  OnnxModelBuilder m(9);
  m.Input("x", {1, 2, 3, 4});
  m.Output("y");
  m.Floats("s", {4}, {1, 1, 2, 2});
  m.Node("Upsample", {"x", "s"}, "y");
  const graph::Graph g = m.Import();
  EXPECT_EQ(Only(g, "resize_nearest").Params<ResizeNearestParams>().coordinate, Coordinate::kAsymmetric);
  EXPECT_EQ(OutputValue(g).dims, (Dims{1, 2, 6, 8}));
}

TEST(OnnxResize, WhatIsNoneOfTheChoicesIsNamed) {
  EXPECT_THROW(ResizeGraph("middle", "floor", {1, 1, 2, 2}, {}), graph::ImportError);
  EXPECT_THROW(ResizeGraph("asymmetric", "up", {1, 1, 2, 2}, {}), graph::ImportError);
  EXPECT_THROW(ResizeGraph("asymmetric", "floor", {1, 1, -2, 2}, {}), graph::ImportError);
  EXPECT_THROW(ResizeGraph("asymmetric", "floor", {1, 1, 2}, {}), graph::ImportError);
  EXPECT_THROW(ResizeGraph("asymmetric", "floor", {}, {1, 2, 1 << 20, 4}), graph::ImportError);
  EXPECT_THROW(ResizeGraph("tf_crop_and_resize", "floor", {1, 1, 2, 2}, {}), graph::ImportError);  // no roi
}

}  // namespace
}  // namespace adze::import
