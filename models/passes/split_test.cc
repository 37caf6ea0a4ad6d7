// SPDX-License-Identifier: Apache-2.0
// Tests of the passes that make several convolutions of one: split_conv_transpose, split_large_kernels.
#include "models/passes/testing/pass_test.h"
#include "op-registry/ops/conv_transpose2d.h"

namespace adze::passes {
namespace {

int Transposed(GraphBuilder* b, int x, const ConvTranspose2dParams& p, bool bias = true) {
  std::vector<int> inputs = {x, b->Constant({p.channels_out, p.kernel_h, p.kernel_w, b->g.values[x].dims[3] / p.groups})};
  if (bias) inputs.push_back(b->Constant({p.channels_out}));
  return b->Node("conv_transpose2d", inputs, p);
}

TEST(SplitConvTranspose, ColumnsThatReadTheSameAreChannels) {
  GraphBuilder b;
  b.Output(Transposed(&b, b.Input({2, 3, 4, 5}), {2, 2, 2, 2, 1, 1, 0, 0, 6, 8, 1, 3, {0, 6}}));
  ExpectSameResults(&b.g, SplitConvTranspose, 1e-5F);
  EXPECT_EQ(OpsOf(b.g), "conv2d reshape conv2d reshape concat reshape");
}

TEST(SplitConvTranspose, EachPlaceBetweenStridesIsAConvolution) {
  GraphBuilder b;
  b.Output(Transposed(&b, b.Input({1, 3, 4, 5}), {4, 4, 2, 2, 1, 1, 1, 1, 6, 8, 1, 3, {}}, false));
  ExpectSameResults(&b.g, SplitConvTranspose, 1e-5F);
  EXPECT_EQ(OpsOf(b.g), "conv2d conv2d concat reshape conv2d conv2d concat reshape concat reshape");
}

TEST(SplitConvTranspose, EveryKindOfWindow) {
  for (const ConvTranspose2dParams& p :
       {ConvTranspose2dParams{3, 3, 2, 3, 1, 1, 1, 0, 9, 13, 1, 4, {-1, 1}}, ConvTranspose2dParams{3, 2, 1, 2, 2, 3, 1, 0, 9, 12, 2, 6, {}},
        ConvTranspose2dParams{4, 4, 2, 2, 1, 1, 1, 1, 8, 10, 4, 4, {}},
        ConvTranspose2dParams{2, 1, 3, 3, 1, 1, 0, 0, 11, 13, 1, 2, {0, 1}},  // outputs that nothing reaches
        ConvTranspose2dParams{7, 7, 2, 2, 1, 1, 6, 5, 3, 4, 1, 2, {}},        // most of it cut off
        ConvTranspose2dParams{5, 5, 4, 2, 2, 2, 0, 0, 40, 30, 1, 2, {}}}) {   // more than is reached
    GraphBuilder b;
    b.Output(Transposed(&b, b.Input({1, 4, 5, 4}), p));
    ExpectSameResults(&b.g, SplitConvTranspose, 1e-5F);
  }
}

TEST(SplitConvTranspose, TakesInWhatFollowsFirst) {
  GraphBuilder b;
  const int y = Transposed(&b, b.Input({1, 3, 4, 5}), {2, 2, 2, 2, 1, 1, 0, 0, 6, 8, 1, 3, {}});
  b.Output(b.Relu(b.Add(b.Mul(y, b.Constant({1, 1, 1, 3})), b.Constant({1, 1, 1, 3}))));
  ExpectSameResults(
      &b.g,
      [](graph::Graph* g) {
        FoldBatchNorm(g);
        FuseActivation(g);
      },
      1e-5F);
  EXPECT_EQ(OpsOf(b.g), "conv_transpose2d");
}

int Large(GraphBuilder* b, int x, const Conv2dParams& p, bool bias, int residual) {
  std::vector<int> inputs = {x, b->Constant({p.channels_out, p.kernel_h, p.kernel_w, b->g.values[x].dims[3] / p.groups})};
  if (bias) inputs.push_back(b->Constant({p.channels_out}));
  if (residual >= 0) inputs.push_back(residual);
  return b->Node("conv2d", inputs, p);
}

TEST(SplitLargeKernels, PartsAddUp) {
  GraphBuilder b;
  const int x = b.Input({1, 16, 18, 2});
  Conv2dParams p;
  p.kernel_h = 13, p.kernel_w = 15, p.pad_top = 2, p.pad_left = 1, p.pad_bottom = 1, p.pad_right = 4, p.channels_out = 3;
  p.stride_w = 2;
  p.clamp = {-3, 3};
  b.Output(Large(&b, x, p, true, -1));
  p.has_residual = 1;
  b.Output(Large(&b, x, p, false, b.Input({1, 7, 5, 3})));
  ExpectSameResults(&b.g, SplitLargeKernels, 1e-4F);
  EXPECT_EQ(OpsOf(b.g), "slice conv2d slice conv2d slice conv2d slice conv2d");
}

TEST(SplitLargeKernels, GroupsAreAddedByNodes) {
  GraphBuilder b;
  Conv2dParams p;
  p.kernel_w = 330, p.channels_out = 4, p.groups = 4;
  b.Output(Large(&b, b.Input({1, 2, 400, 4}), p, true, -1));
  ExpectSameResults(&b.g, SplitLargeKernels, 1e-4F);
  EXPECT_EQ(OpsOf(b.g), "slice conv2d slice conv2d add slice conv2d add");
}

TEST(SplitLargeKernels, PartsInThePaddingAreLeftOut) {
  GraphBuilder b;
  Conv2dParams p;
  p.kernel_w = 350, p.pad_left = 329, p.channels_out = 2;
  b.Output(Large(&b, b.Input({1, 1, 21, 1}), p, true, -1));
  b.Output(b.Conv(b.Input({1, 9, 9, 2}), 3, 11));  // 121 positions stay
  ExpectSameResults(&b.g, SplitLargeKernels, 1e-4F);
  EXPECT_EQ(OpsOf(b.g), "conv2d conv2d");
}

}  // namespace
}  // namespace adze::passes
