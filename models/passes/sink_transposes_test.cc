// SPDX-License-Identifier: Apache-2.0
// Tests of the layout passes: sink_transposes, fold_flatten_transpose, view_reshapes, view_transposes.
#include "models/passes/layout.h"
#include "models/passes/testing/pass_test.h"

namespace adze::passes {
namespace {

// A convolution as importers of NCHW models write it.
int NchwConv(GraphBuilder* b, int x, int channels, int kernel) { return b->ToNchw(b->Conv(b->ToNhwc(x), channels, kernel)); }

TEST(Layout, PermutationsComposeAndInvert) {
  const Perm p = {0, 2, 3, 1}, q = {0, 3, 1, 2};
  EXPECT_TRUE(IsIdentity(ComposePerms(p, q)));
  EXPECT_EQ(Inverse(p), q);
  EXPECT_TRUE(OnlyMovesOnes({1, 7, 1, 1}, p));
  EXPECT_FALSE(OnlyMovesOnes({1, 7, 2, 1}, p));
}

TEST(SinkTransposes, APlainNetworkHasOneLeftAtItsEnd) {
  GraphBuilder b;
  int x = NchwConv(&b, b.Input({1, 3, 8, 6}), 5, 3);
  x = b.Relu(b.Mul(x, b.Constant({1, 5, 1, 1})));
  x = b.ToNchw(b.Pool(b.ToNhwc(x), PoolKind::kMax, 2, 2));
  const int left = NchwConv(&b, x, 4, 1), right = b.Sigmoid(NchwConv(&b, x, 4, 3));
  x = b.Concat({b.Add(left, right), x}, 1);
  x = b.Pad(x, {0, 0, 1, 2}, {0, 1, 0, 1});
  b.Output(NchwConv(&b, b.Slice(x, {0, 1, 0, 1}, {1, 7, 4, 4}), 2, 3));
  ExpectSameResults(&b.g, SinkTransposes);
  EXPECT_EQ(OpsOf(b.g), "transpose conv2d mul clamp pool2d conv2d conv2d sigmoid add concat pad slice conv2d transpose");
}

TEST(SinkTransposes, DetectionHeadsCancel) {
  GraphBuilder b;
  const int x = b.Input({1, 4, 4, 8});
  std::vector<int> heads;
  for (int i = 0; i < 2; ++i) heads.push_back(b.Reshape(b.ToNhwc(b.ToNchw(b.Conv(x, 6, 3))), {1, 48, 2}));
  b.Output(b.Softmax(b.Concat(heads, 1)));
  ExpectSameResults(&b.g, SinkTransposes);
  EXPECT_EQ(TransposedBytes(b.g), 0);
}

TEST(SinkTransposes, AReshapeThatKeepsGroupsLetsItThrough) {
  GraphBuilder b;
  const int x = b.ToNchw(b.Conv(b.Input({1, 4, 5, 3}), 6, 1));  // [1, 6, 4, 5]
  const int flat = b.Reshape(x, {1, 6, 20});
  b.Output(b.Transpose(flat, {0, 2, 1}));
  ExpectSameResults(&b.g, SinkTransposes);
  EXPECT_EQ(TransposedBytes(b.g), 0);
}

TEST(SinkTransposes, AFlattenAcrossGroupsKeepsIt) {
  GraphBuilder b;
  b.Output(b.Reshape(b.ToNchw(b.Conv(b.Input({1, 4, 5, 3}), 6, 1)), {1, 120}));
  ExpectSameResults(&b.g, SinkTransposes);
  EXPECT_EQ(OpsOf(b.g), "conv2d transpose reshape");
}

TEST(SinkTransposes, SoftmaxOverChannelsIsNotPassed) {
  GraphBuilder b;
  const int x = b.Conv(b.Input({1, 4, 5, 3}), 6, 1);
  b.Output(b.Softmax(b.Transpose(x, {0, 1, 3, 2})));
  ExpectSameResults(&b.g, SinkTransposes);
  EXPECT_EQ(OpsOf(b.g), "conv2d transpose softmax");
}

TEST(SinkTransposes, HoistsWhereInputsDiffer) {
  GraphBuilder b;
  const int nchw = b.Reshape(b.Input({96}), {1, 4, 6, 4});
  const int conv = b.ToNchw(b.Conv(b.Input({1, 6, 4, 3}), 4, 1));
  b.Output(b.Conv(b.ToNhwc(b.Add(nchw, conv)), 2, 7));  // 196 pointers a pixel: no view
  ExpectSameResults(&b.g, SinkTransposes);
  EXPECT_EQ(TransposedBytes(b.g), 96 * 4);  // two before
}

TEST(SinkTransposes, EqualOnesAreMergedAndOutputsKept) {
  GraphBuilder b;
  const int x = b.Input({1, 3, 4, 5});
  b.Output(b.Conv(b.ToNhwc(x), 2, 1));
  b.Output(b.ToNhwc(x));
  b.Output(b.Conv(b.ToNhwc(x), 3, 1));
  b.Output(b.Sigmoid(x));
  ExpectSameResults(&b.g, SinkTransposes);
  EXPECT_EQ(TransposedBytes(b.g), 2 * 60 * 4);
}

TEST(SinkTransposes, SquareOfAValueIsReadTwice) {
  GraphBuilder b;
  const int x = b.ToNchw(b.Conv(b.Input({1, 4, 5, 3}), 6, 1));
  b.Output(b.ToNhwc(b.Mul(x, b.Sigmoid(x))));
  ExpectSameResults(&b.g, SinkTransposes);
  EXPECT_EQ(OpsOf(b.g), "conv2d sigmoid mul");
}

TEST(FoldFlattenTranspose, ColumnsMoveIntoWeights) {
  GraphBuilder b;
  const int x = b.ToNchw(b.Conv(b.Input({2, 3, 4, 3}), 5, 1));
  b.Output(b.FullyConnected(b.Reshape(x, {2, 60}), 7));
  ExpectSameResults(&b.g, FoldFlattenTranspose, 1e-5f);
  EXPECT_EQ(OpsOf(b.g), "conv2d reshape fully_connected");
}

TEST(FoldFlattenTranspose, NotIfRowsMix) {
  GraphBuilder b;
  const int x = b.Transpose(b.Input({2, 3, 4}), {1, 0, 2});
  b.Output(b.FullyConnected(b.Reshape(x, {3, 8}), 7));
  b.Output(b.FullyConnected(b.Reshape(b.Transpose(b.Input({2, 3, 4}), {0, 2, 1}), {1, 24}), 7));
  ExpectSameResults(&b.g, FoldFlattenTranspose);
  EXPECT_GT(TransposedBytes(b.g), 0);
}

TEST(ViewTransposes, FirstConvolutionReadsNchw) {
  GraphBuilder b;
  b.Output(b.Conv(b.ToNhwc(b.Input({1, 3, 9, 7})), 8, 3));
  ExpectSameResults(&b.g, ViewTransposes);
  EXPECT_EQ(OpsOf(b.g), "conv2d");
  EXPECT_EQ(b.g.values[b.g.nodes[0].inputs[0]].view.root, b.g.inputs[0]);
}

TEST(ViewTransposes, NotForManyChannelsGroupsOrOtherReaders) {
  GraphBuilder b;
  b.Output(b.Conv(b.ToNhwc(b.Input({1, 18, 4, 4})), 8, 3));    // 162 pointers a pixel
  b.Output(b.Conv(b.ToNhwc(b.Input({1, 3, 4, 4})), 3, 3, 3));  // depthwise
  const int t = b.ToNhwc(b.Input({1, 3, 4, 4}));
  b.Output(b.Conv(t, 4, 3));
  b.Output(b.Relu(t));
  ExpectSameResults(&b.g, ViewTransposes);
  EXPECT_EQ(OpsOf(b.g), "transpose conv2d transpose conv2d transpose conv2d clamp");
}

TEST(ViewTransposes, WorkAheadOfTheFirstConvolutionKeepsNchw) {
  GraphBuilder b;
  const int x = b.Input({1, 3, 9, 7});
  b.Output(b.Conv(b.Sigmoid(b.ToNhwc(x)), 8, 3));
  ExpectSameResults(&b.g, SinkTransposes);
  EXPECT_EQ(OpsOf(b.g), "sigmoid transpose conv2d");
  ExpectSameResults(&b.g, ViewTransposes);
  EXPECT_EQ(OpsOf(b.g), "sigmoid conv2d");
}

TEST(ViewReshapes, ChainsEndAtOneRoot) {
  GraphBuilder b;
  int x = b.Relu(b.Input({2, 6}));
  x = b.Sigmoid(b.Reshape(b.Reshape(x, {3, 4}), {12}));
  b.Output(b.Reshape(x, {4, 3}));
  ExpectSameResults(&b.g, ViewReshapes);
  EXPECT_EQ(OpsOf(b.g), "clamp sigmoid");
}

TEST(ViewReshapes, InputsAndStridedValuesAreCopiedForOutputs) {
  GraphBuilder b;
  b.Output(b.Reshape(b.Input({2, 6}), {12}));
  const int t = b.ToNhwc(b.Input({1, 3, 4, 4}));
  b.Output(b.Conv(t, 4, 1));
  ViewTransposes(&b.g);
  const int r = b.g.AddValue(b.g.values[t]);  // a reshape of the strided view must stay a node
  b.g.values[r].view = {};
  b.g.values[r].dims = {48};
  graph::Node n;
  n.op = n.name = "reshape";
  n.inputs = {t};
  n.outputs = {r};
  b.g.nodes.push_back(n);
  b.Output(b.Relu(r));
  ExpectSameResults(&b.g, ViewReshapes);
  EXPECT_EQ(OpsOf(b.g), "reshape conv2d reshape clamp");
}

}  // namespace
}  // namespace adze::passes
