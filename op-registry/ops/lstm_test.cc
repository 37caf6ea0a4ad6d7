// SPDX-License-Identifier: Apache-2.0
// lstm: shapes, keys and every hostile value refused.
#include "op-registry/ops/lstm.h"

#include "op-registry/testing/test_node.h"

namespace adze {
namespace {

TestNode Plain() { return TestNode().In({5, 2, 3}).In({20, 3}).In({20, 5}).In({20}); }

TEST(Lstm, ShapesAndKeys) {
  TestNode n = Plain().Params(LstmParams{5});
  const Key k = n.KeyOf(adze_op_lstm);
  ExpectType(n, DType::kF32, {5, 2, 5});
  EXPECT_EQ(k[Feature::kGroups], 5);
  EXPECT_EQ(k[Feature::kM], 2);
  EXPECT_EQ(k[Feature::kN], 20);
  EXPECT_EQ(k[Feature::kK], 8);
  EXPECT_EQ(k[Feature::kMode], 0);
  TestNode packed = TestNode().In({5, 2, 3}).In({1, 2, 3, 16}).In({1, 2, 5, 16}).In({32}).In({2, 5}).In({2, 5});
  packed.Params(LstmParams{5, Packing::kPanels16, 1});
  const Key p = packed.KeyOf(adze_op_lstm);
  ExpectType(packed, DType::kF32, {5, 2, 5});
  EXPECT_EQ(p[Feature::kPacking], static_cast<int64_t>(Packing::kPanels16));
  EXPECT_EQ(p[Feature::kMode], 1);
}

TEST(Lstm, Refuses) {
  const OpDef& def = adze_op_lstm;
  ExpectRefused(Plain().Params(LstmParams{0}), def, Detail::kParamsValue);
  ExpectRefused(Plain().Params(LstmParams{INT32_MAX}), def, Detail::kParamsValue);
  ExpectRefused(Plain().Params(LstmParams{5, Packing::kDepthwise16}), def, Detail::kParamsValue);
  ExpectRefused(Plain().Params(LstmParams{5, Packing::kNone, 2}), def, Detail::kParamsValue);
  ExpectRefused(Plain().Params(LstmParams{4}), def, Detail::kDimension);
  ExpectRefused(Plain().Params(LstmParams{5, Packing::kPanels16}), def, Detail::kRank);
  ExpectRefused(Plain(), def, Detail::kParamsSize);
  ExpectRefused(Plain().In({2, 5}).Params(LstmParams{5}), def, Detail::kInputCount);
  ExpectRefused(Plain().In({2, 5}).In({3, 5}).Params(LstmParams{5}), def, Detail::kDimension);
  ExpectRefused(Plain().In({2, 5}).In({2, 5}, DType::kI8).Params(LstmParams{5}), def, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({5, 3}).In({20, 3}).In({20, 5}).In({20}).Params(LstmParams{5}), def, Detail::kRank);
  ExpectRefused(TestNode().In({5, 2, 0}).In({20, 0}).In({20, 5}).In({20}).Params(LstmParams{5}), def, Detail::kDimension);
  ExpectRefused(TestNode().In({5, 2, 3}).In({20, 3}).In({20, 5}).In({21}).Params(LstmParams{5}), def, Detail::kDimension);
}

}  // namespace
}  // namespace adze
