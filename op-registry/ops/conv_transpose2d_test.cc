// SPDX-License-Identifier: Apache-2.0
// conv_transpose2d: its shape, and every hostile value refused.
#include "op-registry/ops/conv_transpose2d.h"

#include "op-registry/ops/window.h"
#include "op-registry/testing/test_node.h"

namespace adze {
namespace {

ConvTranspose2dParams Good() { return {3, 2, 2, 1, 1, 2, 1, 0, 9, 8, 2, 4, {}}; }
TestNode Node(const ConvTranspose2dParams& p) { return TestNode().In({2, 5, 6, 6}).In({4, 3, 2, 3}).In({4}).Params(p); }

TEST(ConvTranspose2d, InfersTheStatedSize) {
  TestNode n = Node(Good());
  const Key k = n.KeyOf(adze_op_conv_transpose2d);
  ExpectType(n, DType::kF32, {2, 9, 8, 4});
  EXPECT_EQ(k.n_types, 3);
  EXPECT_TRUE(TestNode().In({2, 5, 6, 6}).In({4, 3, 2, 3}).Params(Good()).Infer(adze_op_conv_transpose2d).ok());
}

TEST(ConvTranspose2d, HostileValuesAreRefused) {
  using P = ConvTranspose2dParams;
  const auto refused = [](void (*change)(P*), Detail detail) {
    P p = Good();
    change(&p);
    ExpectRefused(Node(p), adze_op_conv_transpose2d, detail);
  };
  refused([](P* p) { p->stride_w = 0; }, Detail::kParamsValue);
  refused([](P* p) { p->out_h = 0; }, Detail::kParamsValue);
  refused([](P* p) { p->out_w = kMaxWindowValue + 1; }, Detail::kParamsValue);
  refused([](P* p) { p->pad_top = -1; }, Detail::kParamsValue);
  refused([](P* p) { p->kernel_h = p->kernel_w = kMaxWindowValue; }, Detail::kTooLarge);
  refused([](P* p) { p->groups = 4; }, Detail::kParamsValue);
  refused([](P* p) { p->channels_out = 0; }, Detail::kParamsValue);
  refused([](P* p) { p->channels_out = 6; }, Detail::kDimension);  // not that of the weights
  refused([](P* p) { p->clamp = {1, 0}; }, Detail::kParamsValue);
  ExpectRefused(TestNode().In({2, 5, 6}).In({4, 3, 2, 3}).Params(Good()), adze_op_conv_transpose2d, Detail::kRank);
  ExpectRefused(TestNode().In({2, 0, 6, 6}).In({4, 3, 2, 3}).Params(Good()), adze_op_conv_transpose2d, Detail::kDimension);
}

}  // namespace
}  // namespace adze
