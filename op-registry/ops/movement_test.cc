// SPDX-License-Identifier: Apache-2.0
// concat, pad, reshape, resize_nearest, slice, transpose: shapes, keys and every hostile value refused.
#include "op-registry/ops/movement.h"

#include <functional>

#include "op-registry/ops/resize_nearest.h"
#include "op-registry/testing/test_node.h"

namespace adze {
namespace {

TEST(Concat, Joins) {
  TestNode n = TestNode().In({2, 3}, DType::kI8).In({2, 0}, DType::kI8).In({2, 5}, DType::kI8).Params(ConcatParams{1});
  const Key k = n.KeyOf(adze_op_concat);
  ExpectType(n, DType::kI8, {2, 8});
  EXPECT_EQ(k.n_types, 0);
  EXPECT_EQ(k[Feature::kElementBytes], 1);
  TestNode one = TestNode().In({4}).Params(ConcatParams{0});
  EXPECT_TRUE(one.Infer(adze_op_concat).ok());
}

TEST(Concat, Refuses) {
  for (const int32_t axis : {-1, 2, INT32_MAX, INT32_MIN}) {
    ExpectRefused(TestNode().In({2, 3}).In({2, 3}).Params(ConcatParams{axis}), adze_op_concat, Detail::kParamsValue);
  }
  ExpectRefused(TestNode().In({}).Params(ConcatParams{0}), adze_op_concat, Detail::kParamsValue);
  ExpectRefused(TestNode().In({2, 3}).In({3, 3}).Params(ConcatParams{1}), adze_op_concat, Detail::kDimension);
  ExpectRefused(TestNode().In({2, 3}).In({2}).Params(ConcatParams{1}), adze_op_concat, Detail::kRank);
  ExpectRefused(TestNode().In({2}).In({2}, DType::kI32).Params(ConcatParams{0}), adze_op_concat, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().Params(ConcatParams{0}), adze_op_concat, Detail::kInputCount);
  ExpectRefused(TestNode().In({INT32_MAX}).In({1}).Params(ConcatParams{0}), adze_op_concat, Detail::kTooLarge);
  // Three of them wrap to a legal int32.
  ExpectRefused(TestNode().In({INT32_MAX}).In({INT32_MAX}).In({INT32_MAX}).Params(ConcatParams{0}), adze_op_concat, Detail::kTooLarge);
}

TEST(Pad, GrowsAndRefuses) {
  PadParams p;
  p.before[0] = 1;
  p.after[1] = 2;
  TestNode n = TestNode().In({0, 3}, DType::kI64).Params(p);
  EXPECT_EQ(n.KeyOf(adze_op_pad)[Feature::kElementBytes], 8);
  ExpectType(n, DType::kI64, {1, 5});
  p.before[1] = -1;
  ExpectRefused(TestNode().In({2, 3}).Params(p), adze_op_pad, Detail::kParamsValue);
  p.before[1] = 0;
  p.after[0] = INT32_MIN;
  ExpectRefused(TestNode().In({2, 3}).Params(p), adze_op_pad, Detail::kParamsValue);
  p.after[0] = INT32_MAX;
  ExpectRefused(TestNode().In({2, 3}).Params(p), adze_op_pad, Detail::kTooLarge);
  p.after[0] = 1 << 30;
  p.after[1] = 1 << 30;
  ExpectRefused(TestNode().In({2, 3}).Params(p), adze_op_pad, Detail::kTooLarge);
  ExpectRefused(TestNode().In({2, 3}), adze_op_pad, Detail::kParamsSize);
}

TEST(Reshape, KeepsTheCount) {
  TestNode n = TestNode().In({2, 6}, DType::kU8).Out({3, 1, 4});
  ASSERT_TRUE(n.Infer(adze_op_reshape).ok());
  ExpectType(n, DType::kU8, {3, 1, 4});
  EXPECT_TRUE(TestNode().In({0, 6}).Out({0}).Infer(adze_op_reshape).ok());
  EXPECT_TRUE(TestNode().In({1, 1}).Out({}).Infer(adze_op_reshape).ok());
  ExpectRefused(TestNode().In({2, 6}).Out({13}), adze_op_reshape, Detail::kDimension);
  ExpectRefused(TestNode().In({2, 6}).Out({-12}), adze_op_reshape, Detail::kDimension);
  ExpectRefused(TestNode().In({2, 6}).Out({12}).Bytes({1}), adze_op_reshape, Detail::kParamsSize);
}

TEST(ResizeNearest, KeepsTheStoredSize) {
  TestNode n = TestNode().In({1, 3, 4, 2}, DType::kI8).Out({1, 6, 5, 2}).Params(ResizeNearestParams());
  const Key k = n.KeyOf(adze_op_resize_nearest);
  ExpectType(n, DType::kI8, {1, 6, 5, 2});
  EXPECT_EQ(k[Feature::kHin], 3);
  EXPECT_EQ(k[Feature::kWout], 5);
  EXPECT_EQ(k[Feature::kCin], 2);
}

TEST(ResizeNearest, Refuses) {
  const ResizeNearestParams good;
  ExpectRefused(TestNode().In({1, 3, 4, 2}).Out({2, 6, 5, 2}).Params(good), adze_op_resize_nearest, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 3, 4, 2}).Out({1, 6, 5, 1}).Params(good), adze_op_resize_nearest, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 3, 4, 2}).Out({1, 0, 5, 2}).Params(good), adze_op_resize_nearest, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 3, 0, 2}).Out({1, 6, 5, 2}).Params(good), adze_op_resize_nearest, Detail::kDimension);
  ExpectRefused(TestNode().In({1, 3, 4, 2}).Out({1, 6, 5}).Params(good), adze_op_resize_nearest, Detail::kRank);
  ExpectRefused(TestNode().In({3, 4, 2}).Out({1, 6, 5, 2}).Params(good), adze_op_resize_nearest, Detail::kRank);
  using Change = std::function<void(ResizeNearestParams*)>;
  const Change changes[] = {
      [](ResizeNearestParams* p) { p->scale_h = -1; },
      [](ResizeNearestParams* p) { p->scale_w = kNan; },
      [](ResizeNearestParams* p) { p->scale_w = kInf; },
      [](ResizeNearestParams* p) { p->scale_h = 1e-44F; },
      [](ResizeNearestParams* p) { p->coordinate = static_cast<Coordinate>(2); },
      [](ResizeNearestParams* p) { p->rounding = static_cast<NearestRounding>(2); },
  };
  for (const Change& change : changes) {
    ResizeNearestParams p;
    change(&p);
    ExpectRefused(TestNode().In({1, 3, 4, 2}).Out({1, 6, 5, 2}).Params(p), adze_op_resize_nearest, Detail::kParamsValue);
  }
}

TEST(Slice, StaysInside) {
  SliceParams p;
  p.begin[0] = 1;
  p.step[1] = 3;
  EXPECT_TRUE(TestNode().In({3, 7}).Out({2, 3}).Params(p).Infer(adze_op_slice).ok());  // rows 1, 2; columns 0, 3, 6
  ExpectRefused(TestNode().In({3, 7}).Out({3, 3}).Params(p), adze_op_slice, Detail::kDimension);
  ExpectRefused(TestNode().In({3, 7}).Out({2, 4}).Params(p), adze_op_slice, Detail::kDimension);
  ExpectRefused(TestNode().In({3, 7}).Out({2}).Params(p), adze_op_slice, Detail::kRank);
  p.begin[0] = 3;
  EXPECT_TRUE(TestNode().In({3, 7}).Out({0, 3}).Params(p).Infer(adze_op_slice).ok());
  ExpectRefused(TestNode().In({3, 7}).Out({1, 3}).Params(p), adze_op_slice, Detail::kDimension);
  for (const int32_t begin : {-1, 4, INT32_MIN, INT32_MAX}) {
    p.begin[0] = begin;
    ExpectRefused(TestNode().In({3, 7}).Out({0, 3}).Params(p), adze_op_slice, Detail::kParamsValue);
  }
  p.begin[0] = 0;
  for (const int32_t step : {0, -1, INT32_MIN}) {
    p.step[0] = step;
    ExpectRefused(TestNode().In({3, 7}).Out({1, 1}).Params(p), adze_op_slice, Detail::kParamsValue);
  }
  p.step[0] = INT32_MAX;
  EXPECT_TRUE(TestNode().In({3, 7}).Out({1, 1}).Params(p).Infer(adze_op_slice).ok());
  ExpectRefused(TestNode().In({3, 7}).Out({INT32_MAX, 1}).Params(p), adze_op_slice, Detail::kDimension);
}

TEST(Transpose, PermutesAndRefuses) {
  TestNode n = TestNode().In({1, 2, 3, 4}, DType::kI32).Params(TransposeParams{{0, 3, 1, 2}});
  EXPECT_EQ(n.KeyOf(adze_op_transpose)[Feature::kMode], 0);
  ExpectType(n, DType::kI32, {1, 4, 2, 3});
  TestNode ones = TestNode().In({1, 2, 1, 4}).Params(TransposeParams{{1, 0, 3, 2}});
  EXPECT_EQ(ones.KeyOf(adze_op_transpose)[Feature::kMode], 1);
  TestNode scalar = TestNode().In({}).Params(TransposeParams());
  EXPECT_EQ(scalar.KeyOf(adze_op_transpose)[Feature::kMode], 1);
  const TransposeParams bad[] = {{{0, 0, 1}}, {{0, 1, 3}}, {{0, 1, -1}}, {{INT32_MIN, 1, 2}}, {{INT32_MAX, 1, 2}}, {{0, 1, 2, 3}}, {}};
  for (const TransposeParams& p : bad) ExpectRefused(TestNode().In({2, 3, 4}).Params(p), adze_op_transpose, Detail::kParamsValue);
}

}  // namespace
}  // namespace adze
