// SPDX-License-Identifier: Apache-2.0
// fully_connected: shapes, keys and every hostile value refused.
#include "op-registry/ops/fully_connected.h"

#include <functional>

#include "op-registry/testing/test_node.h"

namespace adze {
namespace {

FullyConnectedParams Float(int32_t n) {
  FullyConnectedParams p;
  p.channels_out = n;
  return p;
}

FullyConnectedParams Int8() {
  FullyConnectedParams p = Float(17);
  p.rescale = RescaleMode::kF64Away;
  return p;
}

TestNode Int8Node(const FullyConnectedParams& p) {
  return TestNode().In({3, 5}, DType::kI8).In({17, 5}, DType::kI8).In({17}, DType::kI32).Params(p);
}

TEST(FullyConnected, Float) {
  TestNode n = TestNode().In({3, 5}).In({17, 5}).In({17}).Params(Float(17));
  const Key k = n.KeyOf(adze_op_fully_connected);
  ExpectType(n, DType::kF32, {3, 17});
  EXPECT_EQ(k.n_types, 3);
  EXPECT_EQ(k[Feature::kM], 3);
  EXPECT_EQ(k[Feature::kN], 17);
  EXPECT_EQ(k[Feature::kK], 5);
  EXPECT_EQ(k[Feature::kMode], 0);
  EXPECT_TRUE(TestNode().In({3, 5}).In({17, 5}).Params(Float(17)).Infer(adze_op_fully_connected).ok());
  EXPECT_TRUE(TestNode().In({0, 5}).In({17, 5}).Params(Float(17)).Infer(adze_op_fully_connected).ok());
}

TEST(FullyConnected, Packed) {
  FullyConnectedParams p = Float(17);
  p.packing = Packing::kPanels16;
  TestNode n = TestNode().In({3, 5}).In({1, 2, 5, 16}).In({32}).Params(p);
  EXPECT_EQ(n.KeyOf(adze_op_fully_connected)[Feature::kPacking], 1);
  ExpectRefused(TestNode().In({3, 5}).In({1, 2, 5, 16}).Params(p), adze_op_fully_connected, Detail::kInputCount);
  ExpectRefused(TestNode().In({3, 5}).In({1, 2, 5, 16}).In({17}).Params(p), adze_op_fully_connected, Detail::kDimension);
  ExpectRefused(TestNode().In({3, 5}).In({2, 1, 5, 16}).In({32}).Params(p), adze_op_fully_connected, Detail::kDimension);
}

TEST(FullyConnected, Int8) {
  TestNode n = Int8Node(Int8());
  const Key k = n.KeyOf(adze_op_fully_connected);
  ExpectType(n, DType::kI8, {3, 17});
  EXPECT_EQ(k.types[2], DType::kI8);
  EXPECT_EQ(k[Feature::kMode], 1);
  EXPECT_EQ(k[Feature::kElementBytes], 1);
}

TEST(FullyConnected, RefusesHostileInt8Params) {
  using Change = std::function<void(FullyConnectedParams*)>;
  const Change changes[] = {
      [](FullyConnectedParams* p) { p->channels_out = 0; },
      [](FullyConnectedParams* p) { p->channels_out = INT32_MIN; },
      [](FullyConnectedParams* p) { p->channels_out = INT32_MAX; },
      [](FullyConnectedParams* p) { p->clamp.lo = kNan; },
      [](FullyConnectedParams* p) { p->rescale = RescaleMode::kNone; },
      [](FullyConnectedParams* p) { p->rescale = static_cast<RescaleMode>(2); },
      [](FullyConnectedParams* p) { p->x_zero_point = 128; },
      [](FullyConnectedParams* p) { p->w_zero_point = -129; },
      [](FullyConnectedParams* p) { p->y_zero_point = INT32_MIN; },
      [](FullyConnectedParams* p) { p->q_lo = -129; },
      [](FullyConnectedParams* p) { p->q_hi = INT32_MAX; },
      [](FullyConnectedParams* p) { p->q_lo = 5, p->q_hi = 4; },
      [](FullyConnectedParams* p) { p->x_scale = 0; },
      [](FullyConnectedParams* p) { p->x_scale = kNan; },
      [](FullyConnectedParams* p) { p->w_scale = -1; },
      [](FullyConnectedParams* p) { p->y_scale = kInf; },
  };
  for (size_t i = 0; i < std::size(changes); ++i) {
    SCOPED_TRACE(i);
    FullyConnectedParams p = Int8();
    changes[i](&p);
    ExpectRefused(Int8Node(p), adze_op_fully_connected, Detail::kParamsValue);
  }
  FullyConnectedParams packed = Int8();
  packed.packing = Packing::kPanels16;
  ExpectRefused(Int8Node(packed), adze_op_fully_connected, Detail::kParamsValue);
}

TEST(FullyConnected, RefusesHostileFloatParams) {
  const auto node = [](const FullyConnectedParams& p) { return TestNode().In({3, 5}).In({17, 5}).In({17}).Params(p); };
  FullyConnectedParams p = Float(17);
  p.rescale = RescaleMode::kF64Away;
  ExpectRefused(node(p), adze_op_fully_connected, Detail::kParamsValue);
  p = Float(17);
  p.packing = Packing::kDepthwise16;
  ExpectRefused(node(p), adze_op_fully_connected, Detail::kParamsValue);
  p = Float(17);
  p.clamp = {2, 1};
  ExpectRefused(node(p), adze_op_fully_connected, Detail::kParamsValue);
}

TEST(FullyConnected, RefusesWrongOperands) {
  const FullyConnectedParams p = Float(17);
  ExpectRefused(TestNode().In({3, 1, 5}).In({17, 5}).Params(p), adze_op_fully_connected, Detail::kRank);
  ExpectRefused(TestNode().In({3, 5}).In({17, 6}).Params(p), adze_op_fully_connected, Detail::kDimension);
  ExpectRefused(TestNode().In({3, 5}).In({16, 5}).Params(p), adze_op_fully_connected, Detail::kDimension);
  ExpectRefused(TestNode().In({3, 5}, DType::kF16).In({17, 5}).Params(p), adze_op_fully_connected, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({3, 5}).In({17, 5}, DType::kI8).Params(p), adze_op_fully_connected, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({3, 5}).In({17, 5}).In({17}, DType::kI32).Params(p), adze_op_fully_connected, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({3, 5}, DType::kI8).In({17, 5}, DType::kI8).In({17}).Params(Int8()), adze_op_fully_connected,
                Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({3, 5}).Params(p), adze_op_fully_connected, Detail::kInputCount);
  TestNode gap = TestNode().In({3, 5}).In({17, 5}).Params(p);
  gap.in(1).strides[0] = 32;
  ExpectRefused(gap, adze_op_fully_connected, Detail::kBadTensor);
  TestNode strided_input = TestNode().In({3, 5}).In({17, 5}).Params(p);
  strided_input.in(0).strides[0] = 32;
  EXPECT_EQ(strided_input.KeyOf(adze_op_fully_connected)[Feature::kDense], 0);
}

}  // namespace
}  // namespace adze
