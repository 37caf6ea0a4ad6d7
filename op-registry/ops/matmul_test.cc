// SPDX-License-Identifier: Apache-2.0
// matmul: shapes, keys and every hostile value refused.
#include "op-registry/ops/matmul.h"

#include "op-registry/testing/test_node.h"

namespace adze {
namespace {

TEST(MatMul, ShapesAndKeys) {
  TestNode plain = TestNode().In({2, 3}).In({3, 5}).Params(MatMulParams());
  ExpectType((plain.KeyOf(adze_op_matmul), plain), DType::kF32, {2, 5});
  TestNode n = TestNode().In({2, 1, 7, 3}).In({1, 6, 3, 5}).Params(MatMulParams());
  const Key k = n.KeyOf(adze_op_matmul);
  ExpectType(n, DType::kF32, {2, 6, 7, 5});
  EXPECT_EQ(k[Feature::kGroups], 12);
  EXPECT_EQ(k[Feature::kM], 7);
  EXPECT_EQ(k[Feature::kN], 5);
  EXPECT_EQ(k[Feature::kK], 3);
  EXPECT_EQ(k[Feature::kInnerDense], 1);
  TestNode inside = TestNode().In({2, 6, 7, 3}).In({2, 6, 3, 5}).Params(MatMulParams{1, {}});
  EXPECT_EQ(inside.KeyOf(adze_op_matmul)[Feature::kMode], 1);
  ExpectType(inside, DType::kF32, {2, 7, 6, 5});
}

TEST(MatMul, OnlyTheRightOperandMayBeTurned) {
  TestNode n = TestNode().In({4, 3}).In({3, 5}).Params(MatMulParams());
  n.in(1).strides[0] = 4;
  n.in(1).strides[1] = 12;
  EXPECT_EQ(n.KeyOf(adze_op_matmul)[Feature::kInnerDense], 1);
  n.in(0).strides[0] = 4;
  n.in(0).strides[1] = 16;
  EXPECT_EQ(n.KeyOf(adze_op_matmul)[Feature::kInnerDense], 0);
}

TEST(MatMul, Refuses) {
  const OpDef& def = adze_op_matmul;
  ExpectRefused(TestNode().In({2, 3}).In({4, 5}).Params(MatMulParams()), def, Detail::kDimension);
  ExpectRefused(TestNode().In({2, 0}).In({0, 5}).Params(MatMulParams()), def, Detail::kDimension);
  ExpectRefused(TestNode().In({2, 2, 3}).In({3, 3, 5}).Params(MatMulParams()), def, Detail::kDimension);
  ExpectRefused(TestNode().In({3}).In({3}).Params(MatMulParams()), def, Detail::kRank);
  ExpectRefused(TestNode().In({2, 3}).In({1, 3, 5}).Params(MatMulParams()), def, Detail::kRank);
  ExpectRefused(TestNode().In({2, 3}).In({3, 5}).Params(MatMulParams{1, {}}), def, Detail::kRank);
  ExpectRefused(TestNode().In({2, 3}).In({3, 5}).Params(MatMulParams{2, {}}), def, Detail::kParamsValue);
  ExpectRefused(TestNode().In({2, 3}, DType::kI8).In({3, 5}).Params(MatMulParams()), def, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({2, 3}).In({3, 5}, DType::kF16).Params(MatMulParams()), def, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({2, 3}).Params(MatMulParams()), def, Detail::kInputCount);
  ExpectRefused(TestNode().In({2, 3}).In({3, 5}), def, Detail::kParamsSize);
  ExpectRefused(TestNode().In({1 << 20, 1, 1 << 19, 2}).In({1, 1 << 10, 2, 1 << 9}).Params(MatMulParams()), def, Detail::kTooLarge);
}

}  // namespace
}  // namespace adze
