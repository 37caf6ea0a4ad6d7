// SPDX-License-Identifier: Apache-2.0
// Tests of pass fold_constants.
#include "models/graph/half.h"
#include "models/passes/testing/pass_test.h"

namespace adze::passes {
namespace {

TEST(FoldConstants, EvaluatesEveryOpItKnowsLikeTheReferenceKernels) {
  GraphBuilder b;
  const int c = b.Constant({2, 3, 5});
  const int t = b.Transpose(c, {2, 0, 1});                       // [5, 2, 3]
  const int p = b.Pad(t, {1, 0, 2}, {0, 3, 1}, 0.5f);            // [6, 5, 6]
  const int s = b.Slice(p, {1, 1, 1}, {5, 3, 4});                // [5, 3, 4]
  const int m = b.Mul(s, b.Constant({1, 3, 1}), {-0.5f, 0.5f});  // broadcast, clamped
  const int a = b.Clamp(b.Add(m, b.Constant({5, 1, 4})), -0.75f, 0.25f);
  const int joined = b.Concat({a, s}, 1);  // [5, 6, 4]
  const int flat = b.Reshape(joined, {1, 120});
  b.Output(b.Add(b.Input({1, 120}), flat));
  ExpectSameResults(&b.g, FoldConstants);
  EXPECT_EQ(OpsOf(b.g), "add");
}

TEST(FoldConstants, DecodesHalfWeights) {
  GraphBuilder b;
  std::vector<uint16_t> half;
  for (int i = 0; i < 16; ++i) half.push_back(graph::HalfFromFloat(0.37f * static_cast<float>(i) - 2.0f));
  const int h = b.g.AddConstant("h", DType::kF16, {1, 16}, half);
  graph::Value v;
  v.name = "f";
  v.dtype = DType::kF32;
  v.dims = {1, 16};
  const int f = b.g.AddValue(v);
  graph::Node n;
  n.op = "cast";
  n.name = "cast";
  n.inputs = {h};
  n.outputs = {f};
  b.g.nodes.push_back(n);
  b.Output(b.Add(b.Input({1, 16}), f));
  ExpectSameResults(&b.g, FoldConstants);
  EXPECT_EQ(OpsOf(b.g), "add");
}

TEST(FoldConstants, LeavesWhatDependsOnInputsAndWhatBlowsUp) {
  GraphBuilder b;
  const int x = b.Input({1, 4});
  b.Output(b.Relu(x));
  const int big = b.Pad(b.Constant({1, 4}), {0, 0}, {0, 8 << 20});  // 32 MiB of zeros out of 16 bytes
  b.Output(b.Slice(big, {0, 0}, {1, 4}));
  ExpectSameResults(&b.g, FoldConstants);
  EXPECT_EQ(OpsOf(b.g), "clamp pad slice");
}

TEST(FoldConstants, TensorsWithoutElements) {
  GraphBuilder b;
  const int c = b.Concat({b.Constant({0, 3}), b.Constant({2, 3})}, 0);
  b.Output(b.Add(b.Input({2, 3}), c));
  ExpectSameResults(&b.g, FoldConstants);
  EXPECT_EQ(OpsOf(b.g), "add");
}

}  // namespace
}  // namespace adze::passes
