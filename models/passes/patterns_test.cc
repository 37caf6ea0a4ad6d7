// SPDX-License-Identifier: Apache-2.0
// Tests of the passes that recognize one op in the many nodes an exporter wrote for it.
#include "models/passes/testing/pass_test.h"

namespace adze::passes {
namespace {

TEST(FuseHardSwish, InEveryWriting) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6});
  b.Output(b.Mul(b.Mul(x, b.Clamp(b.Add(x, b.Scalar(3, 4)), 0, 6)), b.Scalar(1.0f / 6, 4)));
  b.Output(b.Mul(b.Mul(b.Scalar(0.16666667f, 4), b.Add(b.Scalar(3, 4), x, {0, 6})), x));
  b.Output(b.Mul(x, b.Add(b.Mul(x, b.Scalar(1.0f / 6, 4)), b.Scalar(0.5f, 4), {0, 1})));
  b.Output(b.Mul(b.Mul(x, b.Scalar(1.0f / 6, 4)), b.Add(x, b.Scalar(3, 4), {0, 6})));
  ExpectSameResults(&b.g, FuseHardSwish, 1e-6f);
  EXPECT_EQ(OpsOf(b.g), "hard_swish hard_swish hard_swish hard_swish");
}

TEST(FuseHardSwish, StaysWhereNumbersOrOperandsDiffer) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 5, 6}), z = b.Input({1, 5, 5, 6});
  b.Output(b.Mul(b.Mul(x, b.Add(z, b.Scalar(3, 4), {0, 6})), b.Scalar(1.0f / 6, 4)));     // another tensor's gate
  b.Output(b.Mul(b.Mul(x, b.Add(x, b.Scalar(3, 4), {0, 6})), b.Scalar(0.2f, 4)));         // not a sixth
  b.Output(b.Mul(b.Mul(x, b.Add(x, b.Scalar(2.5f, 4), {0, 6})), b.Scalar(1.0f / 6, 4)));  // another gate
  b.Output(b.Mul(x, b.Add(b.Mul(x, b.Scalar(0.2f, 4)), b.Scalar(0.5f, 4), {0, 1})));      // the steeper hard sigmoid
  const int product = b.Mul(x, b.Add(x, b.Scalar(3, 4), {0, 6}));                         // seen outside
  b.Output(product);
  b.Output(b.Mul(product, b.Scalar(1.0f / 6, 4)));
  const size_t nodes = b.g.nodes.size();
  ExpectSameResults(&b.g, FuseHardSwish);
  EXPECT_EQ(b.g.nodes.size(), nodes);
}

int Normalized(GraphBuilder* b, int x) {
  const int d = b->Sub(x, b->Mean(x));
  return b->Div(d, b->Unary("sqrt", b->Add(b->Mean(b->Mul(d, d)), b->Scalar(1e-5f, 3))));
}

TEST(FuseLayerNorm, InEveryWriting) {
  GraphBuilder b;
  const int x = b.Input({1, 5, 12});
  b.Output(b.Add(b.Mul(Normalized(&b, x), b.Constant({1, 1, 12})), b.Constant({1, 1, 12})));
  b.Output(b.Add(b.Constant({1, 1, 12}), b.Mul(b.Constant({1, 1, 12}), Normalized(&b, x))));
  b.Output(Normalized(&b, x));                            // neither gamma nor beta
  b.Output(b.Mul(Normalized(&b, x), b.Scalar(0.5f, 3)));  // one gamma for all
  // The difference written twice, and a product with the inverse root.
  const int first = b.Sub(x, b.Mean(x)), second = b.Sub(x, b.Mean(x));
  const int root = b.Unary("sqrt", b.Add(b.Scalar(1e-6f, 3), b.Mean(b.Mul(second, second))));
  b.Output(b.Mul(b.Div(b.Scalar(1, 3), root), first));
  ExpectSameResults(&b.g, FuseLayerNorm, 2e-5f);
  EXPECT_EQ(OpsOf(b.g), "layer_norm layer_norm layer_norm layer_norm layer_norm");
}

TEST(FuseLayerNorm, StaysWhereItIsAnotherFormula) {
  GraphBuilder b;
  const int x = b.Input({2, 5, 12}), z = b.Input({2, 5, 12});
  const auto root = [&](int d, float epsilon) { return b.Unary("sqrt", b.Add(b.Mean(b.Mul(d, d)), b.Scalar(epsilon, 3))); };
  const int d = b.Sub(x, b.Mean(x)), other = b.Sub(z, b.Mean(z));
  b.Output(b.Div(other, root(d, 1e-5f)));  // another tensor's deviation
  b.Output(b.Div(d, root(d, 0.5f)));       // an addend that is no epsilon
  b.Output(b.Div(root(d, 1e-5f), d));      // upside down
  b.Output(b.Div(b.Sub(b.Mean(x), x), root(d, 1e-5f)));
  const int across = b.Node("reduce_mean", {x}, ReduceMeanParams{2});  // over the middle dim
  const int e = b.Sub(x, across);
  b.Output(b.Div(e, b.Unary("sqrt", b.Add(b.Node("reduce_mean", {b.Mul(e, e)}, ReduceMeanParams{2}), b.Scalar(1e-5f, 3)))));
  const size_t nodes = b.g.nodes.size();
  graph::CheckGraph(b.g, "building the test");
  FuseLayerNorm(&b.g);
  EXPECT_EQ(b.g.nodes.size(), nodes);
}

TEST(FuseLayerNorm, WhatIsSeenOutsideStays) {
  GraphBuilder b;
  const int x = b.Input({5, 12});
  const int d = b.Sub(x, b.Mean(x));
  const int n = b.Div(d, b.Unary("sqrt", b.Add(b.Mean(b.Mul(d, d)), b.Scalar(1e-5f, 2))));
  b.Output(n);
  b.Output(b.Mul(n, b.Constant({1, 12})));
  b.Output(d);
  ExpectSameResults(&b.g, FuseLayerNorm, 2e-5f);
  EXPECT_EQ(OpsOf(b.g), "reduce_mean sub layer_norm mul");
}

int ErfGate(GraphBuilder* b, int x) { return b->Add(b->Unary("erf", b->Mul(x, b->Scalar(0.70710678f, 2))), b->Scalar(1, 2)); }

TEST(FuseGelu, InEveryOrderOfItsFactors) {
  GraphBuilder b;
  const int x = b.Input({5, 12});
  b.Output(b.Mul(b.Mul(x, ErfGate(&b, x)), b.Scalar(0.5f, 2)));
  b.Output(b.Mul(b.Mul(b.Scalar(0.5f, 2), x), ErfGate(&b, x)));
  b.Output(b.Mul(x, b.Mul(ErfGate(&b, x), b.Scalar(0.5f, 2))));
  b.Output(b.Mul(b.Mul(ErfGate(&b, x), b.Scalar(0.5f, 2)), x));
  ExpectSameResults(&b.g, FuseGelu, 1e-6f);
  EXPECT_EQ(OpsOf(b.g), "gelu gelu gelu gelu");
}

TEST(FuseGelu, StaysWhereNumbersOrOperandsDiffer) {
  GraphBuilder b;
  const int x = b.Input({5, 12}), z = b.Input({5, 12});
  b.Output(b.Mul(b.Mul(x, ErfGate(&b, z)), b.Scalar(0.5f, 2)));
  b.Output(b.Mul(b.Mul(x, ErfGate(&b, x)), b.Scalar(0.6f, 2)));
  b.Output(b.Mul(b.Mul(x, b.Add(b.Unary("erf", x), b.Scalar(1, 2))), b.Scalar(0.5f, 2)));
  const size_t nodes = b.g.nodes.size();
  ExpectSameResults(&b.g, FuseGelu);
  EXPECT_EQ(b.g.nodes.size(), nodes);
}

TEST(FoldBatchNorm, FromBehindMovementAndProducts) {
  GraphBuilder b;
  const int x = b.Input({6, 8});
  b.Output(b.Add(b.Reshape(b.FullyConnected(x, 12, false), {2, 3, 12}), b.Constant({1, 1, 12})));  // the late bias of a MatMul
  const int q = b.Transpose(b.Reshape(b.FullyConnected(x, 12), {6, 3, 4}), {1, 0, 2});
  const int k = b.Transpose(b.Reshape(b.FullyConnected(x, 12), {6, 3, 4}), {1, 2, 0});
  b.Output(b.Mul(b.MatMul(q, k), b.Scalar(0.25f, 3)));
  b.Output(b.Add(b.Reshape(b.FullyConnected(x, 12), {6, 3, 4}), b.Constant({1, 1, 4})));  // the channels are split
  b.Output(b.Add(b.MatMul(b.FullyConnected(x, 4), b.Input({4, 5})), b.Scalar(1, 2)));     // a sum does not pass a product
  ExpectSameResults(&b.g, FoldBatchNorm, 1e-5f);
  EXPECT_EQ(
      OpsOf(b.g),
      "fully_connected reshape fully_connected reshape transpose fully_connected reshape transpose matmul fully_connected reshape add "
      "fully_connected matmul add");
}

TEST(FuseAttention, ScaleIntoSoftmaxAndHeadsInside) {
  GraphBuilder b;
  const int q = b.Input({1, 3, 6, 4}), k = b.Input({1, 3, 4, 6}), v = b.Input({1, 3, 6, 4});
  const int p = b.Softmax(b.Mul(b.MatMul(q, k), b.Scalar(0.5f, 4)));
  b.Output(b.Reshape(b.Transpose(b.MatMul(p, v), {0, 2, 1, 3}), {1, 6, 12}));
  ExpectSameResults(&b.g, FuseAttention, 1e-6f);
  EXPECT_EQ(OpsOf(b.g), "matmul softmax matmul reshape");
  EXPECT_EQ(b.g.nodes[1].Params<SoftmaxParams>().beta, 0.5f);
  EXPECT_EQ(b.g.nodes[2].Params<MatMulParams>().heads_inside, 1);
}

TEST(FuseAttention, StaysWhereItWouldChangeTheResult) {
  GraphBuilder b;
  const int q = b.Input({1, 3, 6, 4}), k = b.Input({1, 3, 4, 6});
  const int scores = b.MatMul(q, k);
  b.Output(b.Softmax(b.Mul(scores, b.Scalar(-0.5f, 4))));        // a negative beta is none
  b.Output(b.Softmax(b.Mul(scores, b.Constant({1, 1, 1, 6}))));  // one number a column
  b.Output(b.Transpose(b.MatMul(q, k), {0, 1, 3, 2}));           // rows and columns
  const int shown = b.MatMul(q, k);
  b.Output(shown);
  b.Output(b.Transpose(shown, {0, 2, 1, 3}));
  const size_t nodes = b.g.nodes.size();
  ExpectSameResults(&b.g, FuseAttention);
  EXPECT_EQ(b.g.nodes.size(), nodes);
}

TEST(ViewTransposes, OperandsOfProducts) {
  GraphBuilder b;
  const int x = b.Input({6, 12}), y = b.Input({6, 12});
  const int q = b.Transpose(b.Reshape(x, {6, 3, 4}), {1, 0, 2});
  const int k = b.Transpose(b.Reshape(y, {6, 3, 4}), {1, 2, 0});
  b.Output(b.MatMul(q, k));
  b.Output(b.MatMul(b.Transpose(b.Input({4, 5}), {1, 0}), b.Input({4, 6})));  // the left operand's rows would not be adjacent
  const Buffers inputs = SomeInputs(b.g);
  const Buffers before = RunGraph(b.g, inputs);
  ViewReshapes(&b.g);
  ViewTransposes(&b.g);
  graph::CheckGraph(b.g, "the passes");
  EXPECT_EQ(LargestDifference(before, RunGraph(b.g, inputs)), 0);
  EXPECT_EQ(OpsOf(b.g), "matmul transpose matmul");
}

TEST(ViewTransposes, NotWhereAReshapeShowsIt) {
  GraphBuilder b;
  const int k = b.Transpose(b.Input({6, 4}), {1, 0});
  b.Output(b.MatMul(b.Input({5, 4}), k));
  b.Output(b.Relu(b.Reshape(k, {2, 12})));
  const Buffers inputs = SomeInputs(b.g);
  const Buffers before = RunGraph(b.g, inputs);
  ViewReshapes(&b.g);
  ViewTransposes(&b.g);
  graph::CheckGraph(b.g, "the passes");
  EXPECT_EQ(LargestDifference(before, RunGraph(b.g, inputs)), 0);
  EXPECT_EQ(OpsOf(b.g), "transpose matmul clamp");
}

}  // namespace
}  // namespace adze::passes
