// SPDX-License-Identifier: Apache-2.0
// lstm_full, gru and rnn: shapes, keys and every hostile value refused.
#include "op-registry/ops/recurrent.h"

#include <cmath>

#include "op-registry/testing/test_node.h"

namespace adze {
namespace {

RecurrentParams Params(uint32_t options = 0) {
  RecurrentParams p;
  p.hidden = p.projected = 5;
  p.options = options;
  return p;
}

TestNode Lstm() { return TestNode().In({7, 2, 3}).In({20, 3}).In({20, 5}).In({20}); }
TestNode Gru() { return TestNode().In({7, 2, 3}).In({15, 3}).In({15, 5}).In({15}); }
TestNode Rnn() { return TestNode().In({7, 2, 3}).In({5, 3}).In({5, 5}).In({5}); }

TEST(Recurrent, ShapesAndKeys) {
  TestNode lstm = Lstm().In({2, 5}).In({2, 5}).Params(Params(kHidden0 | kCell0 | kCellOut));
  const Key k = lstm.KeyOf(adze_op_lstm_full);
  ExpectType(lstm, DType::kF32, {9, 2, 5});
  EXPECT_EQ(k[Feature::kGroups], 7);
  EXPECT_EQ(k[Feature::kM], 2);
  EXPECT_EQ(k[Feature::kN], 20);
  EXPECT_EQ(k[Feature::kK], 8);
  EXPECT_EQ(k[Feature::kCout], 5);
  EXPECT_EQ(k[Feature::kMode], 0);
  RecurrentParams p = Params();
  p.g.function = GateFunction::kElu;
  TestNode gru = Gru().Params(p);
  EXPECT_EQ(gru.KeyOf(adze_op_gru)[Feature::kMode], 1);
  ExpectType(gru, DType::kF32, {8, 2, 5});
  TestNode rnn = Rnn().In({2}, DType::kI32).Params(Params(kLengths));
  EXPECT_EQ(rnn.KeyOf(adze_op_rnn)[Feature::kN], 5);
  ExpectType(rnn, DType::kF32, {8, 2, 5});
}

TEST(Recurrent, PackedShapes) {
  RecurrentParams p = Params(kRecurrentBias | kResetAfter);
  p.packing = Packing::kPanels16;
  TestNode gru = TestNode().In({7, 2, 3}).In({3, 1, 3, 16}).In({3, 1, 5, 16}).In({48}).In({16}).Params(p);
  EXPECT_EQ(gru.KeyOf(adze_op_gru)[Feature::kPacking], static_cast<int64_t>(Packing::kPanels16));
  RecurrentParams q = Params(kProjection | kInputFromForget);
  q.packing = Packing::kPanels16;
  q.projected = 17;
  TestNode lstm = TestNode().In({7, 2, 3}).In({1, 1, 3, 16}).In({1, 1, 17, 16}).In({16}).In({1, 2, 5, 16}).Params(q);
  EXPECT_EQ(lstm.KeyOf(adze_op_lstm_full)[Feature::kN], 15);
  ExpectType(lstm, DType::kF32, {8, 2, 17});
}

TEST(Recurrent, RefusesParams) {
  const auto refused = [](void (*change)(RecurrentParams*)) {
    RecurrentParams p = Params();
    change(&p);
    ExpectRefused(Lstm().Params(p), adze_op_lstm_full, Detail::kParamsValue);
  };
  refused([](RecurrentParams* p) { p->hidden = 0; });
  refused([](RecurrentParams* p) { p->hidden = INT32_MAX; });
  refused([](RecurrentParams* p) { p->projected = 4; });
  refused([](RecurrentParams* p) { p->options = 1U << 20; });
  refused([](RecurrentParams* p) { p->options = kForgetFromInput | kInputFromForget; });
  refused([](RecurrentParams* p) { p->options = kProjectionBias; });
  refused([](RecurrentParams* p) { p->options = kProjection | kCellOut; });
  refused([](RecurrentParams* p) { p->packing = Packing::kDepthwise16; });
  refused([](RecurrentParams* p) { p->reverse = 2; });
  refused([](RecurrentParams* p) { p->clip = -1; });
  refused([](RecurrentParams* p) { p->cell_clip = NAN; });
  refused([](RecurrentParams* p) { p->g.function = static_cast<GateFunction>(kGateFunctions); });
  refused([](RecurrentParams* p) { p->h.alpha = NAN; });
  ExpectRefused(Gru().In({15}).Params(Params(kLayerNorm)), adze_op_gru, Detail::kParamsValue);
  ExpectRefused(Rnn().Params(Params(kResetAfter)), adze_op_rnn, Detail::kParamsValue);
}

TEST(Recurrent, RefusesInputs) {
  ExpectRefused(Lstm(), adze_op_lstm_full, Detail::kParamsSize);
  ExpectRefused(Lstm().Params(Params(kCell0)), adze_op_lstm_full, Detail::kInputCount);
  ExpectRefused(Lstm().In({2, 4}).Params(Params(kCell0)), adze_op_lstm_full, Detail::kDimension);
  ExpectRefused(Lstm().In({2}, DType::kI64).Params(Params(kLengths)), adze_op_lstm_full, Detail::kDTypeMismatch);
  ExpectRefused(Lstm().In({3}, DType::kI32).Params(Params(kLengths)), adze_op_lstm_full, Detail::kDimension);
  ExpectRefused(Lstm().Params(Params(kInputFromForget)), adze_op_lstm_full, Detail::kDimension);
  ExpectRefused(Gru().Params(Params()), adze_op_lstm_full, Detail::kDimension);
  ExpectRefused(TestNode().In({7, 3}).In({5, 3}).In({5, 5}).In({5}).Params(Params()), adze_op_rnn, Detail::kRank);
  ExpectRefused(TestNode().In({7, 2, 0}).In({5, 0}).In({5, 5}).In({5}).Params(Params()), adze_op_rnn, Detail::kDimension);
}

}  // namespace
}  // namespace adze
