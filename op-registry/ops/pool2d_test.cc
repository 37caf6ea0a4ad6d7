// SPDX-License-Identifier: Apache-2.0
// pool2d: shapes, keys and every hostile value refused.
#include "op-registry/ops/pool2d.h"

#include <functional>

#include "op-registry/testing/test_node.h"

namespace adze {
namespace {

Pool2dParams Good() {
  Pool2dParams p;
  p.kernel_h = p.kernel_w = 3;
  p.stride_h = p.stride_w = 2;
  p.pad_top = p.pad_left = 1;
  p.kind = PoolKind::kAverage;
  return p;
}

TEST(Pool2d, InfersAndFillsKey) {
  TestNode n = TestNode().In({2, 7, 6, 5}).Params(Good());
  const Key k = n.KeyOf(adze_op_pool2d);
  ExpectType(n, DType::kF32, {2, 3, 3, 5});
  EXPECT_EQ(k.n_types, 1);
  EXPECT_EQ(k[Feature::kHout], 3);
  EXPECT_EQ(k[Feature::kKernelArea], 9);
  EXPECT_EQ(k[Feature::kPadded], 1);
  EXPECT_EQ(k[Feature::kMode], 1);
  EXPECT_EQ(k[Feature::kStrideW], 2);
  EXPECT_EQ(k[Feature::kBatch], 2);
  TestNode empty = TestNode().In({0, 7, 6, 5}).Params(Good());
  EXPECT_TRUE(empty.Infer(adze_op_pool2d).ok());
}

TEST(Pool2d, EveryWindowTouchesTheInput) {
  Pool2dParams p;
  p.kernel_h = p.kernel_w = 2;
  p.pad_top = 1;
  EXPECT_TRUE(TestNode().In({1, 1, 2, 1}).Params(p).Infer(adze_op_pool2d).ok());
  p.pad_top = 2;  // the first window covers two rows of padding
  ExpectRefused(TestNode().In({1, 4, 2, 1}).Params(p), adze_op_pool2d, Detail::kParamsValue);
  p.pad_top = 0;
  p.pad_bottom = 1;
  EXPECT_TRUE(TestNode().In({1, 4, 2, 1}).Params(p).Infer(adze_op_pool2d).ok());
  p.pad_bottom = 2;  // the last one does
  ExpectRefused(TestNode().In({1, 4, 2, 1}).Params(p), adze_op_pool2d, Detail::kParamsValue);
  p.stride_h = 3;  // unless the stride steps over it
  EXPECT_TRUE(TestNode().In({1, 4, 2, 1}).Params(p).Infer(adze_op_pool2d).ok());
}

TEST(Pool2d, RefusesHostileParams) {
  using Change = std::function<void(Pool2dParams*)>;
  const Change changes[] = {
      [](Pool2dParams* p) { p->kernel_h = 0; },           [](Pool2dParams* p) { p->kernel_w = INT32_MAX; },
      [](Pool2dParams* p) { p->stride_h = 0; },           [](Pool2dParams* p) { p->stride_w = -1; },
      [](Pool2dParams* p) { p->pad_top = -1; },           [](Pool2dParams* p) { p->pad_left = 3; },
      [](Pool2dParams* p) { p->pad_bottom = INT32_MAX; }, [](Pool2dParams* p) { p->pad_right = INT32_MIN; },
      [](Pool2dParams* p) { p->pad_right = 9; },          [](Pool2dParams* p) { p->clamp.lo = kNan; },
      [](Pool2dParams* p) { p->clamp = {kInf, 0}; },      [](Pool2dParams* p) { p->kind = static_cast<PoolKind>(2); },
      [](Pool2dParams* p) { p->count_include_pad = 2; },
  };
  for (size_t i = 0; i < std::size(changes); ++i) {
    SCOPED_TRACE(i);
    Pool2dParams p = Good();
    changes[i](&p);
    ExpectRefused(TestNode().In({2, 7, 6, 5}).Params(p), adze_op_pool2d, Detail::kParamsValue);
  }
}

TEST(Pool2d, RefusesWrongOperands) {
  ExpectRefused(TestNode().In({7, 6, 5}).Params(Good()), adze_op_pool2d, Detail::kRank);
  ExpectRefused(TestNode().In({1, 7, 0, 5}).Params(Good()), adze_op_pool2d, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 7, 6, 0}).Params(Good()), adze_op_pool2d, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 1, 1, 5}).Params(Good()), adze_op_pool2d, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 7, 6, 5}, DType::kI8).Params(Good()), adze_op_pool2d, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({1, 7, 6, 5}).In({1}).Params(Good()), adze_op_pool2d, Detail::kInputCount);
  ExpectRefused(TestNode().In({1, 7, 6, 5}), adze_op_pool2d, Detail::kParamsSize);
}

}  // namespace
}  // namespace adze
