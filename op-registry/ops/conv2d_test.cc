// SPDX-License-Identifier: Apache-2.0
// conv2d: shapes, weights, keys, and every hostile value refused.
#include "op-registry/ops/conv2d.h"

#include <functional>

#include "op-registry/testing/test_node.h"

namespace adze {
namespace {

Conv2dParams Plain3x3(int32_t channels_out) {
  Conv2dParams p;
  p.kernel_h = p.kernel_w = 3;
  p.pad_top = p.pad_left = p.pad_bottom = p.pad_right = 1;
  p.channels_out = channels_out;
  return p;
}

// x [2, 7, 5, 4] and eight filters.
TestNode GoodNode(const Conv2dParams& p) { return TestNode().In({2, 7, 5, 4}).In({8, 3, 3, 4}).In({8}).Params(p); }

TEST(Conv2d, InfersExtents) {
  TestNode same = GoodNode(Plain3x3(8));
  ASSERT_TRUE(same.Infer(adze_op_conv2d).ok());
  ExpectType(same, DType::kF32, {2, 7, 5, 8});

  Conv2dParams p = Plain3x3(8);
  p.stride_h = 2;
  p.stride_w = 3;
  p.dilation_h = 2;
  TestNode strided = GoodNode(p);
  ASSERT_TRUE(strided.Infer(adze_op_conv2d).ok());
  ExpectType(strided, DType::kF32, {2, 3, 2, 8});  // (9 - 5) / 2 + 1, (7 - 3) / 3 + 1

  TestNode no_batch = TestNode().In({0, 7, 5, 4}).In({8, 3, 3, 4}).Params(Plain3x3(8));
  ASSERT_TRUE(no_batch.Infer(adze_op_conv2d).ok());
  ExpectType(no_batch, DType::kF32, {0, 7, 5, 8});
}

TEST(Conv2d, KernelAsLargeAsTheInputGivesOnePosition) {
  Conv2dParams p;
  p.kernel_h = 7;
  p.kernel_w = 5;
  p.channels_out = 1;
  TestNode n = TestNode().In({1, 7, 5, 1}).In({1, 7, 5, 1}).Params(p);
  ASSERT_TRUE(n.Infer(adze_op_conv2d).ok());
  ExpectType(n, DType::kF32, {1, 1, 1, 1});
  p.kernel_h = 8;
  ExpectRefused(TestNode().In({1, 7, 5, 1}).In({1, 8, 5, 1}).Params(p), adze_op_conv2d, Detail::kDimension);
}

TEST(Conv2d, PackedWeights) {
  Conv2dParams p = Plain3x3(17);
  p.packing = Packing::kPanels16;
  EXPECT_TRUE(TestNode().In({1, 4, 4, 3}).In({1, 2, 27, 16}).In({32}).Params(p).Infer(adze_op_conv2d).ok());
  ExpectRefused(TestNode().In({1, 4, 4, 3}).In({1, 2, 27, 16}).In({17}).Params(p), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 4, 4, 3}).In({1, 1, 27, 16}).In({32}).Params(p), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 4, 4, 3}).In({17, 3, 3, 3}).In({32}).Params(p), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 4, 4, 3}).In({1, 2, 27, 16}).Params(p), adze_op_conv2d, Detail::kInputCount);

  p.packing = Packing::kPanels16ByChannel;
  EXPECT_TRUE(TestNode().In({1, 4, 4, 3}).In({1, 2, 27, 16}).In({32}).Params(p).Infer(adze_op_conv2d).ok());
  ExpectRefused(TestNode().In({1, 4, 4, 3}).In({1, 2, 26, 16}).In({32}).Params(p), adze_op_conv2d, Detail::kDimension);

  p.packing = Packing::kPanels16;
  p.channels_out = 34;
  p.groups = 2;
  EXPECT_TRUE(TestNode().In({1, 4, 4, 6}).In({2, 2, 27, 16}).In({48}).Params(p).Infer(adze_op_conv2d).ok());

  p = Plain3x3(17);
  p.packing = Packing::kDepthwise16;
  p.groups = 17;
  EXPECT_TRUE(TestNode().In({1, 4, 4, 17}).In({9, 32}).In({32}).Params(p).Infer(adze_op_conv2d).ok());
  ExpectRefused(TestNode().In({1, 4, 4, 34}).In({9, 32}).In({32}).Params(p), adze_op_conv2d, Detail::kParamsValue);
  p.groups = 1;
  ExpectRefused(TestNode().In({1, 4, 4, 17}).In({9, 32}).In({32}).Params(p), adze_op_conv2d, Detail::kParamsValue);
}

TEST(Conv2d, WinogradWeights) {
  Conv2dParams p = Plain3x3(17);
  p.packing = Packing::kWinograd4x3;
  const auto node = [](const Conv2dParams& params, int c_in = 3) {
    return TestNode().In({1, 9, 9, c_in}).In({36, 2, 3, 16}).In({32}).Params(params);
  };
  TestNode good = node(p);
  ASSERT_TRUE(good.Infer(adze_op_conv2d).ok());
  EXPECT_EQ(good.KeyOf(adze_op_conv2d)[Feature::kPacking], 4);
  ExpectRefused(node(p, 4), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 9, 9, 3}).In({1, 2, 27, 16}).In({32}).Params(p), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 9, 9, 3}).In({36, 2, 3, 16}).In({17}).Params(p), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 9, 9, 3}).In({36, 2, 3, 16}).Params(p), adze_op_conv2d, Detail::kInputCount);
  using Change = std::function<void(Conv2dParams*)>;
  const Change changes[] = {
      [](Conv2dParams* q) { q->kernel_h = 1; },
      [](Conv2dParams* q) { q->kernel_w = 5; },
      [](Conv2dParams* q) { q->stride_h = 2; },
      [](Conv2dParams* q) { q->stride_w = 2; },
      [](Conv2dParams* q) { q->dilation_h = 2; },
      [](Conv2dParams* q) { q->dilation_w = 3; },
      [](Conv2dParams* q) { q->groups = 3, q->channels_out = 18; },
  };
  for (size_t i = 0; i < std::size(changes); ++i) {
    SCOPED_TRACE(i);
    Conv2dParams other = p;
    changes[i](&other);
    ExpectRefused(node(other), adze_op_conv2d, Detail::kParamsValue);
  }
}

TEST(Conv2d, Residual) {
  Conv2dParams p = Plain3x3(8);
  p.has_residual = 1;
  EXPECT_TRUE(GoodNode(p).In({2, 7, 5, 8}).Infer(adze_op_conv2d).ok());
  TestNode no_bias = TestNode().In({2, 7, 5, 4}).In({8, 3, 3, 4}).In({2, 7, 5, 8}).Params(p);
  EXPECT_TRUE(no_bias.Infer(adze_op_conv2d).ok());
  EXPECT_EQ(no_bias.KeyOf(adze_op_conv2d)[Feature::kResidual], 1);
  EXPECT_TRUE(GoodNode(p).In({2, 7, 5, 1}).Infer(adze_op_conv2d).ok());  // of the first channel
  ExpectRefused(GoodNode(p).In({2, 7, 5, 9}), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(GoodNode(p).In({2, 7, 5, 0}), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(GoodNode(p).In({2, 7, 1, 8}), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(GoodNode(p).In({2, 7, 5, 8}, DType::kF16), adze_op_conv2d, Detail::kDTypeMismatch);
  ExpectRefused(GoodNode(p), adze_op_conv2d, Detail::kRank);  // the bias, taken for the residual
  p.has_residual = 0;
  ExpectRefused(GoodNode(p).In({2, 7, 5, 8}), adze_op_conv2d, Detail::kInputCount);
}

TEST(Conv2d, RefusesHostileParams) {
  using Change = std::function<void(Conv2dParams*)>;
  const Change changes[] = {
      [](Conv2dParams* p) { p->kernel_h = 0; },
      [](Conv2dParams* p) { p->kernel_w = -3; },
      [](Conv2dParams* p) { p->kernel_w = (1 << 20) + 1; },
      [](Conv2dParams* p) { p->stride_h = 0; },
      [](Conv2dParams* p) { p->stride_w = INT32_MIN; },
      [](Conv2dParams* p) { p->dilation_h = 0; },
      [](Conv2dParams* p) { p->dilation_w = INT32_MAX; },
      [](Conv2dParams* p) { p->pad_top = -1; },
      [](Conv2dParams* p) { p->pad_left = INT32_MAX; },
      [](Conv2dParams* p) { p->pad_bottom = INT32_MIN; },
      [](Conv2dParams* p) { p->pad_right = (1 << 20) + 1; },
      [](Conv2dParams* p) { p->groups = 0; },
      [](Conv2dParams* p) { p->groups = -1; },
      [](Conv2dParams* p) { p->groups = 3; },
      [](Conv2dParams* p) { p->groups = INT32_MAX; },
      [](Conv2dParams* p) { p->channels_out = 0; },
      [](Conv2dParams* p) { p->channels_out = -8; },
      [](Conv2dParams* p) { p->clamp.lo = kNan; },
      [](Conv2dParams* p) { p->clamp.hi = kNan; },
      [](Conv2dParams* p) {
        p->clamp = {1, 0};
      },
      [](Conv2dParams* p) { p->packing = static_cast<Packing>(5); },
      [](Conv2dParams* p) { p->packing = static_cast<Packing>(255); },
      [](Conv2dParams* p) { p->has_residual = 2; },
  };
  for (size_t i = 0; i < std::size(changes); ++i) {
    SCOPED_TRACE(i);
    Conv2dParams p = Plain3x3(8);
    changes[i](&p);
    ExpectRefused(GoodNode(p), adze_op_conv2d, Detail::kParamsValue);
  }
}

TEST(Conv2d, RefusesWhatOverflows) {
  Conv2dParams p = Plain3x3(8);
  p.kernel_h = p.kernel_w = 1 << 20;
  ExpectRefused(GoodNode(p), adze_op_conv2d, Detail::kTooLarge);
  p = Plain3x3(INT32_MAX);
  ExpectRefused(GoodNode(p), adze_op_conv2d, Detail::kTooLarge);
  p = Conv2dParams();
  p.channels_out = 1;
  p.pad_top = 1;  // INT32_MAX + 1 positions
  ExpectRefused(TestNode().In({1, INT32_MAX, 1, 1}).In({1, 1, 1, 1}).Params(p), adze_op_conv2d, Detail::kTooLarge);
}

TEST(Conv2d, RefusesWrongOperands) {
  const Conv2dParams p = Plain3x3(8);
  ExpectRefused(TestNode().In({2, 7, 5}).In({8, 3, 3, 4}).Params(p), adze_op_conv2d, Detail::kRank);
  ExpectRefused(TestNode().In({2, 0, 5, 4}).In({8, 3, 3, 4}).Params(p), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(TestNode().In({2, 7, 5, 0}).In({8, 3, 3, 0}).Params(p), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(TestNode().In({2, 7, 5, 4}, DType::kF16).In({8, 3, 3, 4}).Params(p), adze_op_conv2d, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({2, 7, 5, 4}).In({8, 3, 3, 4}, DType::kF16).Params(p), adze_op_conv2d, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({2, 7, 5, 4}).In({8, 3, 3, 4}).In({7}).Params(p), adze_op_conv2d, Detail::kDimension);
  ExpectRefused(TestNode().In({2, 7, 5, 4}).In({8, 3, 4}).Params(p), adze_op_conv2d, Detail::kRank);
  ExpectRefused(TestNode().In({2, 7, 5, 4}).Params(p), adze_op_conv2d, Detail::kInputCount);
  ExpectRefused(GoodNode(p).Bytes(std::vector<uint8_t>(sizeof(p) - 1)), adze_op_conv2d, Detail::kParamsSize);
  TestNode gap = GoodNode(p);
  gap.in(1).strides[0] += 4;
  ExpectRefused(gap, adze_op_conv2d, Detail::kBadTensor);
  TestNode repeated_bias = GoodNode(p);
  repeated_bias.in(2).strides[0] = 0;
  ExpectRefused(repeated_bias, adze_op_conv2d, Detail::kBadTensor);
}

TEST(Conv2d, Key) {
  Conv2dParams p = Plain3x3(8);
  p.groups = 2;
  p.stride_w = 2;
  TestNode n = TestNode().In({2, 7, 5, 4}).In({8, 3, 3, 2}).In({8}).Params(p);
  const Key k = n.KeyOf(adze_op_conv2d);
  EXPECT_EQ(k.n_types, 3);
  const std::pair<Feature, int64_t> want[] = {
      {Feature::kBatch, 2},      {Feature::kHin, 7},    {Feature::kWin, 5},          {Feature::kCin, 4},      {Feature::kHout, 7},
      {Feature::kWout, 3},       {Feature::kCout, 8},   {Feature::kKernelArea, 9},   {Feature::kStrideH, 1},  {Feature::kStrideW, 2},
      {Feature::kDilated, 0},    {Feature::kGroups, 2}, {Feature::kDepthwise, 0},    {Feature::kPadded, 1},   {Feature::kIndirection, 9},
      {Feature::kM, 42},         {Feature::kN, 4},      {Feature::kK, 18},           {Feature::kPacking, 0},  {Feature::kElements, 336},
      {Feature::kInnerDense, 1}, {Feature::kDense, 1},  {Feature::kElementBytes, 4}, {Feature::kResidual, 0}, {Feature::kMode, 0},
      {Feature::kBroadcast, 0},
  };
  for (const auto& [feature, value] : want) EXPECT_EQ(k[feature], value) << static_cast<int>(feature);
}

TEST(Conv2d, KeyOfChannelsFirstInput) {
  TestNode n = GoodNode(Plain3x3(8));
  const int64_t nchw[] = {4 * 7 * 5 * 4, 5 * 4, 4, 7 * 5 * 4};
  std::copy(nchw, nchw + 4, n.in(0).strides);
  const Key k = n.KeyOf(adze_op_conv2d);
  EXPECT_EQ(k[Feature::kIndirection], 36);
  EXPECT_EQ(k[Feature::kInnerDense], 0);
  EXPECT_EQ(k[Feature::kDense], 0);
}

TEST(Conv2d, KeyOfDepthwise) {
  Conv2dParams p = Plain3x3(4);
  p.groups = 4;
  p.dilation_h = 2;
  TestNode n = TestNode().In({1, 7, 5, 4}).In({4, 3, 3, 1}).Params(p);
  const Key k = n.KeyOf(adze_op_conv2d);
  EXPECT_EQ(k[Feature::kDepthwise], 1);
  EXPECT_EQ(k[Feature::kDilated], 1);
  EXPECT_EQ(k[Feature::kN], 1);
  EXPECT_EQ(k[Feature::kK], 9);
}

}  // namespace
}  // namespace adze
