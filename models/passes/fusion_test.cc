// SPDX-License-Identifier: Apache-2.0
// Tests of the passes that fold nodes into their neighbours: fuse_padding, fold_batch_norm, fuse_activation, fuse_residual, pack_winograd, pack_weights.
#include "models/passes/testing/pass_test.h"

namespace adze::passes {
namespace {

TEST(FusePadding, IntoConvolutionsAndPools) {
  GraphBuilder b;
  const int x = b.Pad(b.Input({1, 5, 6, 3}), {0, 1, 0, 0}, {0, 2, 1, 0});
  b.Output(b.Conv(x, 4, 3));
  b.Output(b.Conv(x, 3, 3, 3));
  b.Output(b.Pool(x, PoolKind::kAverage, 3));
  ExpectSameResults(&b.g, FusePadding, 1e-6f);
  EXPECT_EQ(OpsOf(b.g), "conv2d conv2d pool2d");
}

TEST(FusePadding, MaximumOnlyWithMinusInfinity) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 6, 3});
  b.Output(b.Pool(b.Pad(x, {0, 1, 1, 0}, {0, 1, 1, 0}, -__builtin_inff()), PoolKind::kMax, 3, 2));
  b.Output(b.Pool(b.Pad(x, {0, 1, 1, 0}, {0, 1, 1, 0}, 0), PoolKind::kMax, 3, 2));
  ExpectSameResults(&b.g, FusePadding);
  EXPECT_EQ(OpsOf(b.g), "pool2d pad pool2d");
}

TEST(FusePadding, StaysWhereSemanticsDiffer) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 6, 3});
  b.Output(b.Conv(b.Pad(x, {0, 1, 1, 0}, {0, 1, 1, 0}, 0.5f), 4, 3));                   // not zero
  b.Output(b.Conv(b.Pad(x, {0, 0, 0, 1}, {0, 0, 0, 0}), 4, 3));                         // channels
  b.Output(b.Pool(b.Pad(x, {0, 1, 1, 0}, {0, 1, 1, 0}), PoolKind::kAverage, 3, 1, 1));  // counts the zeros, not its own padding
  b.Output(b.Pool(b.Pad(x, {0, 2, 2, 0}, {0, 2, 2, 0}), PoolKind::kAverage, 2));        // a window outside the picture
  const int shown = b.Pad(x, {0, 1, 1, 0}, {0, 1, 1, 0});
  b.Output(shown);
  b.Output(b.Conv(shown, 4, 3));
  ExpectSameResults(&b.g, FusePadding);
  EXPECT_EQ(OpsOf(b.g), "pad conv2d pad conv2d pad pool2d pad pool2d pad conv2d");
}

TEST(FoldBatchNorm, MulAndAddIntoEveryLayer) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  b.Output(b.Add(b.Mul(b.Conv(x, 7, 3, 1, false), b.Constant({1, 1, 1, 7})), b.Constant({1, 1, 1, 7}), {0, 6}));
  b.Output(b.Mul(b.Constant({1, 1, 1, 6}), b.Conv(x, 6, 3, 6)));
  b.Output(b.Add(b.Conv(x, 4, 1), b.Constant({1, 1, 1, 1})));
  b.Output(b.Add(b.FullyConnected(b.Input({3, 8}), 5, false), b.Constant({1, 5})));
  ExpectSameResults(&b.g, FoldBatchNorm, 1e-5f);
  EXPECT_EQ(OpsOf(b.g), "conv2d conv2d conv2d fully_connected");
}

TEST(FoldBatchNorm, OneFactorMovesThroughAClamp) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  b.Output(b.Mul(b.Conv(x, 7, 3, 1, true, {0, 6}), b.Scalar(1.0f / 6, 4), {0, 0.5f}));
  b.Output(b.Mul(b.Conv(x, 7, 3, 1, true, {0, 6}), b.Scalar(-1.0f / 6, 4)));
  b.Output(b.Add(b.Conv(x, 7, 3, 1, true, {0, 6}), b.Scalar(1.0f, 4)));
  ExpectSameResults(&b.g, FoldBatchNorm, 1e-6f);
  EXPECT_EQ(OpsOf(b.g), "conv2d conv2d mul conv2d add");
}

TEST(FoldBatchNorm, SharedWeightsAreCopied) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  const int a = b.Conv(x, 7, 3);
  graph::Node twin = b.g.nodes.back();
  b.Output(b.Mul(a, b.Constant({1, 1, 1, 7})));
  b.Output(b.Node("conv2d", twin.inputs, twin.Params<Conv2dParams>()));
  ExpectSameResults(&b.g, FoldBatchNorm, 1e-5f);
  EXPECT_EQ(OpsOf(b.g), "conv2d conv2d");
}

TEST(FoldBatchNorm, StaysWhereItWouldChangeTheResult) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  b.Output(b.Mul(b.Conv(x, 5, 1), b.Constant({1, 1, 5, 1})));                   // along W
  b.Output(b.Mul(b.Conv(x, 5, 1, 1, true, {0, 6}), b.Constant({1, 1, 1, 5})));  // behind a clamp
  const int shared = b.Conv(x, 5, 1);
  b.Output(b.Mul(shared, b.Constant({1, 1, 1, 5})));
  b.Output(b.Relu(shared));
  b.Output(b.Mul(b.Conv(x, 1, 1), b.Constant({1, 1, 1, 5})));  // widens
  ExpectSameResults(&b.g, FoldBatchNorm);
  EXPECT_EQ(OpsOf(b.g), "conv2d mul conv2d mul conv2d mul clamp conv2d mul");
}

TEST(FuseActivation, IntoEveryOpThatEndsInOne) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  b.Output(b.Relu(b.Conv(x, 7, 3)));
  b.Output(b.Clamp(b.Clamp(b.Pool(x, PoolKind::kMax, 2), -0.5f, 0.7f), -0.2f, 6));
  b.Output(b.Clamp(b.Add(x, x, {0, 1}), 0.5f, 2));
  b.Output(b.Clamp(b.Mul(x, b.Constant({1, 1, 1, 6})), -0.1f, 0.1f));
  b.Output(b.Relu(b.FullyConnected(b.Input({3, 8}), 5)));
  ExpectSameResults(&b.g, FuseActivation);
  EXPECT_EQ(OpsOf(b.g), "conv2d pool2d add mul fully_connected");
}

TEST(FuseActivation, StaysBehindSharedOrVisibleValues) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  const int shared = b.Conv(x, 3, 1), shown = b.Conv(x, 3, 1);
  b.Output(b.Relu(shared));
  b.Output(b.Sigmoid(shared));
  b.Output(shown);
  b.Output(b.Relu(shown));
  b.Output(b.Relu(b.Sigmoid(x)));
  ExpectSameResults(&b.g, FuseActivation);
  EXPECT_EQ(OpsOf(b.g), "conv2d conv2d clamp sigmoid clamp sigmoid clamp");
}

TEST(FuseResidual, TakesOverTheClampAndTheLaterConvolution) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  const int first = b.Conv(b.Conv(x, 4, 1), 6, 1);
  const int second = b.Conv(x, 6, 3);
  b.Output(b.Add(first, second, {0, 6}));
  ExpectSameResults(&b.g, FuseResidual, 1e-6f);
  EXPECT_EQ(OpsOf(b.g), "conv2d conv2d conv2d");
  EXPECT_EQ(b.g.nodes[2].inputs.back(), first);
  EXPECT_EQ(b.g.nodes[2].Params<Conv2dParams>().clamp.hi, 6);
}

TEST(FuseResidual, MovesTheConvolutionBehindItsResidual) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  const int conv = b.Conv(x, 6, 1);
  const int late = b.Sigmoid(x);
  b.Output(b.Add(conv, late));
  ExpectSameResults(&b.g, FuseResidual, 1e-6f);
  EXPECT_EQ(OpsOf(b.g), "sigmoid conv2d");
}

TEST(FuseResidual, WithoutZerosPaddedBehindTheChannels) {
  GraphBuilder b;
  const int x = b.Input({1, 13, 13, 16});
  const int pad = b.Pad(x, {0, 0, 0, 0}, {0, 0, 0, 8});
  b.Output(b.Add(pad, b.Conv(x, 24, 3), {0, 6}));
  b.Output(b.Add(b.Conv(x, 17, 1), b.Pad(x, {0, 0, 0, 0}, {0, 0, 0, 1}, 1)));  // not zeros
  b.Output(b.Add(b.Conv(x, 17, 1), b.Pad(x, {0, 0, 0, 1}, {0, 0, 0, 0})));     // before
  const int shared = b.Pad(x, {0, 0, 0, 0}, {0, 0, 0, 1});
  b.Output(b.Add(b.Conv(x, 17, 1), shared));
  b.Output(b.Sigmoid(shared));
  ExpectSameResults(&b.g, FuseResidual, 1e-6f);
  EXPECT_EQ(OpsOf(b.g), "conv2d pad conv2d pad conv2d pad conv2d sigmoid");
  EXPECT_EQ(b.g.nodes[0].inputs.back(), x);
  ExpectSameResults(&b.g, PackWinograd);
  EXPECT_EQ(b.g.nodes[0].Params<Conv2dParams>().packing, Packing::kNone) << "Winograd takes whole residuals only";
  ExpectSameResults(&b.g, PackWeights);
}

TEST(FuseResidual, NotForGroupsBroadcastsClampsOrSharedSums) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  b.Output(b.Add(b.Conv(x, 6, 3, 6), x));
  b.Output(b.Add(b.Conv(x, 6, 3), b.Sigmoid(b.Constant({1, 1, 1, 6}))));
  b.Output(b.Add(b.Conv(x, 6, 3, 1, true, {0, 6}), x));
  const int square = b.Conv(x, 6, 3);
  b.Output(b.Add(square, square));
  ExpectSameResults(&b.g, FuseResidual);
  EXPECT_EQ(OpsOf(b.g), "conv2d add sigmoid conv2d add conv2d add conv2d add");
}

TEST(PackWeights, EveryLayerGetsPanelsAndAPaddedBias) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  b.Output(b.Conv(x, 17, 3, 1, false));
  b.Output(b.Conv(x, 6, 3, 6));
  b.Output(b.Conv(x, 4, 3, 2));
  b.Output(b.Add(b.Conv(x, 6, 1, 1, false), x));
  b.Output(b.FullyConnected(b.Input({3, 8}), 5, false));
  FuseResidual(&b.g);
  ExpectSameResults(&b.g, PackWeights);
  for (const graph::Node& n : b.g.nodes) {
    ASSERT_GE(n.inputs.size(), 3u) << n.name;
    EXPECT_EQ(b.g.values[n.inputs[2]].dims[0] % 16, 0) << n.name;
  }
  EXPECT_EQ(b.g.nodes[0].Params<Conv2dParams>().packing, Packing::kPanels16);
  EXPECT_EQ(b.g.nodes[1].Params<Conv2dParams>().packing, Packing::kDepthwise16);
  EXPECT_EQ(b.g.nodes[4].Params<FullyConnectedParams>().packing, Packing::kPanels16);
}

TEST(PackWeights, BothProductsOfAnLstm) {
  GraphBuilder b;
  b.Output(b.Node("lstm", {b.Input({4, 2, 3}), b.Constant({20, 3}), b.Constant({20, 5}), b.Constant({20})}, LstmParams{5}));
  ExpectSameResults(&b.g, PackWeights);
  const graph::Node& n = b.g.nodes[0];
  EXPECT_EQ(n.Params<LstmParams>().packing, Packing::kPanels16);
  EXPECT_EQ(b.g.values[n.inputs[1]].dims, (std::vector<int64_t>{1, 2, 3, 16}));
  EXPECT_EQ(b.g.values[n.inputs[2]].dims, (std::vector<int64_t>{1, 2, 5, 16}));
  EXPECT_EQ(b.g.values[n.inputs[3]].dims, (std::vector<int64_t>{32}));
}

TEST(PackWinograd, OnlyConvolutionsThatGain) {
  GraphBuilder b;
  const int x = b.Input({1, 13, 13, 16});
  b.Output(b.Conv(x, 17, 3));                         // gains
  b.Output(b.Add(b.Conv(x, 16, 3, 1, false), x));     // with a residual, without a bias
  b.Output(b.Conv(x, 15, 3));                         // channels
  b.Output(b.Conv(x, 16, 3, 2));                      // groups
  b.Output(b.Conv(x, 16, 1));                         // kernel
  b.Output(b.Conv(b.Input({1, 12, 12, 16}), 16, 3));  // tiles
  FuseResidual(&b.g);
  ExpectSameResults(&b.g, PackWinograd, 1e-4f);
  std::string packings;
  for (const graph::Node& n : b.g.nodes) packings += std::to_string(static_cast<int>(n.Params<Conv2dParams>().packing)) + " ";
  EXPECT_EQ(packings, "4 4 0 0 0 0 ");
  EXPECT_EQ(b.g.values[b.g.nodes[0].inputs[1]].dims, (std::vector<int64_t>{36, 2, 16, 16}));
  EXPECT_EQ(b.g.values[b.g.nodes[1].inputs[2]].dims, (std::vector<int64_t>{16}));
  ExpectSameResults(&b.g, PackWeights);
  EXPECT_EQ(b.g.nodes[0].Params<Conv2dParams>().packing, Packing::kWinograd4x3);
}

TEST(Pipeline, WinogradOnlyWhereSpeedIsAskedFor) {
  for (const Optimize optimize : {Optimize::kSize, Optimize::kSpeed}) {
    GraphBuilder b;
    b.Output(b.Conv(b.Input({1, 16, 16, 16}), 16, 3));
    RunPipeline(&b.g, optimize);
    const Packing packing = b.g.nodes[0].Params<Conv2dParams>().packing;
    EXPECT_EQ(packing, optimize == Optimize::kSpeed ? Packing::kWinograd4x3 : Packing::kPanels16);
  }
}

}  // namespace
}  // namespace adze::passes
