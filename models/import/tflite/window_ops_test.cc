// SPDX-License-Identifier: Apache-2.0
// TFLite transposed and three-dimensional convolutions: what places their windows, and what is refused.
#include <gtest/gtest.h>

#include "models/import/testing/tflite_model.h"
#include "op-registry/ops/conv_transpose2d.h"

namespace adze::import {
namespace {

using Dims = std::vector<int64_t>;

// A filter of 3 x 3 over x [1, 4, 5, 2], stride 2, to an output of these dims.
struct Transposed {
  TfliteModelBuilder m;
  int x, y;

  Transposed(tflite::Padding padding, const std::vector<int32_t>& out) {
    const int shape = m.Ints("shape", out);
    const int w = m.Floats("w", {3, 3, 3, 2}, std::vector<float>(54, 1));
    x = m.Tensor("x", {1, 4, 5, 2});
    y = m.Tensor("y", out);
    m.Op(67, {shape, w, x}, {y}, tflite::Options_TransposeConvOptions,
         tflite::CreateTransposeConvOptions(m.fbb(), padding, 2, 2, tflite::Activation_RELU6).Union());
  }
};

const graph::Node& OnlyNode(const graph::Graph& g) {
  EXPECT_EQ(g.nodes.size(), 1u);
  return g.nodes[0];
}

TEST(TfliteTransposeConv, SamePadsAsTheConvolutionBackDoes) {
  Transposed even(tflite::Padding_SAME, {1, 8, 10, 3});
  const graph::Graph g = even.m.Import({even.x}, {even.y});
  const auto p = OnlyNode(g).Params<ConvTranspose2dParams>();
  EXPECT_EQ(p.pad_top, 0);  // 8 by 3, step 2: one element of padding, which goes behind
  EXPECT_EQ(p.out_h, 8);
  EXPECT_EQ(p.out_w, 10);
  EXPECT_EQ(p.clamp.hi, 6);
  Transposed odd(tflite::Padding_SAME, {1, 7, 9, 3});
  const graph::Graph h = odd.m.Import({odd.x}, {odd.y});
  EXPECT_EQ(OnlyNode(h).Params<ConvTranspose2dParams>().pad_left, 1);
}

TEST(TfliteTransposeConv, AnOutputThatDoesNotComeOfTheInputIsRefused) {
  Transposed t(tflite::Padding_SAME, {1, 6, 10, 3});
  EXPECT_EQ(t.m.Report({t.x}, {t.y}), "m.tflite: node 0 'y' (TRANSPOSE_CONV): an output of 6 elements does not come of an input of 4");
}

TEST(TfliteCustom, Convolution2DTransposeBiasNeedsItsOptions) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 4, 5, 2}), y = m.Tensor("y", {1, 8, 10, 3});
  m.Custom("Convolution2DTransposeBias", {x, m.Floats("w", {3, 2, 2, 2}, std::vector<float>(24, 1)), m.Floats("b", {3}, {1, 2, 3})}, {y});
  EXPECT_NE(m.Report({x}, {y}).find("its options have 0 bytes; 12 are due"), std::string::npos) << m.Report({x}, {y});
}

TEST(TfliteConv3d, AFilterThatDoesNotFitIsRefused) {
  TfliteModelBuilder m;
  const int x = m.Tensor("x", {1, 4, 5, 6, 3}), y = m.Tensor("y", {1, 3, 4, 5, 2});
  m.Op(132, {x, m.Floats("w", {2, 2, 2, 2, 2}, std::vector<float>(32, 1))}, {y}, tflite::Options_Conv3DOptions,
       tflite::CreateConv3DOptions(m.fbb(), tflite::Padding_VALID, 1, 1, 1).Union());
  EXPECT_NE(m.Report({x}, {y}).find("does not fit an input of shape [1, 4, 5, 6, 3]"), std::string::npos) << m.Report({x}, {y});
}

}  // namespace
}  // namespace adze::import
