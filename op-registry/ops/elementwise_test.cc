// SPDX-License-Identifier: Apache-2.0
// Ops of one or two floats, cast, softmax, layer_norm, reduce_mean: shapes, keys and every hostile value refused.
#include "op-registry/ops/binary.h"
#include "op-registry/ops/layer_norm.h"
#include "op-registry/ops/reduce_mean.h"
#include "op-registry/ops/softmax.h"
#include "op-registry/ops/unary.h"
#include "op-registry/testing/test_node.h"

namespace adze {
namespace {

TEST(Binary, Broadcasts) {
  for (const OpDef* def : {&adze_op_add, &adze_op_div, &adze_op_mul, &adze_op_sub}) {
    TestNode same = TestNode().In({2, 3}).In({2, 3}).Params(BinaryParams());
    EXPECT_EQ(same.KeyOf(*def)[Feature::kBroadcast], 0);
    ExpectType(same, DType::kF32, {2, 3});
    TestNode both = TestNode().In({2, 1, 5}).In({1, 3, 5}).Params(BinaryParams());
    const Key k = both.KeyOf(*def);
    ExpectType(both, DType::kF32, {2, 3, 5});
    EXPECT_EQ(k[Feature::kBroadcast], 1);
    EXPECT_EQ(k.n_types, 1);
    EXPECT_EQ(k[Feature::kElements], 30);
    TestNode empty = TestNode().In({2, 1}).In({2, 0}).Params(BinaryParams());
    ASSERT_TRUE(empty.Infer(*def).ok());
    ExpectType(empty, DType::kF32, {2, 0});
    TestNode scalar = TestNode().In({}).In({}).Params(BinaryParams());
    EXPECT_TRUE(scalar.Infer(*def).ok());
  }
}

TEST(Binary, Refuses) {
  for (const OpDef* def : {&adze_op_add, &adze_op_div, &adze_op_mul, &adze_op_sub}) {
    ExpectRefused(TestNode().In({2, 3}).In({2, 2}).Params(BinaryParams()), *def, Detail::kDimension);
    ExpectRefused(TestNode().In({2, 0}).In({2, 2}).Params(BinaryParams()), *def, Detail::kDimension);
    ExpectRefused(TestNode().In({2, 3}).In({3}).Params(BinaryParams()), *def, Detail::kRank);
    ExpectRefused(TestNode().In({3}).In({3}, DType::kI32).Params(BinaryParams()), *def, Detail::kDTypeMismatch);
    ExpectRefused(TestNode().In({3}, DType::kI64).In({3}).Params(BinaryParams()), *def, Detail::kDTypeMismatch);
    ExpectRefused(TestNode().In({3}).Params(BinaryParams()), *def, Detail::kInputCount);
    ExpectRefused(TestNode().In({3}).In({3}).In({3}).Params(BinaryParams()), *def, Detail::kInputCount);
    ExpectRefused(TestNode().In({3}).In({3}), *def, Detail::kParamsSize);
    ExpectRefused(TestNode().In({3}).In({3}).Params(BinaryParams{{kNan, 1}}), *def, Detail::kParamsValue);
    ExpectRefused(TestNode().In({3}).In({3}).Params(BinaryParams{{0, kNan}}), *def, Detail::kParamsValue);
    ExpectRefused(TestNode().In({3}).In({3}).Params(BinaryParams{{1, 0.5F}}), *def, Detail::kParamsValue);
    // 2^20 x 2^20 times 2^20 x 1: each legal, their broadcast is not.
    ExpectRefused(TestNode().In({1 << 20, 1, 2}).In({1, 1 << 20, 1}).Params(BinaryParams()), *def, Detail::kTooLarge);
  }
}

TEST(Unary, ClampAndSigmoid) {
  TestNode c = TestNode().In({2, 0, 3}).Params(ClampParams{{0, 6}});
  EXPECT_EQ(c.KeyOf(adze_op_clamp).n_types, 1);
  ExpectType(c, DType::kF32, {2, 0, 3});
  TestNode s = TestNode().In({});
  EXPECT_EQ(s.KeyOf(adze_op_sigmoid)[Feature::kElements], 1);
  ExpectRefused(TestNode().In({2}).Params(ClampParams{{kNan, 6}}), adze_op_clamp, Detail::kParamsValue);
  ExpectRefused(TestNode().In({2}).Params(ClampParams{{7, 6}}), adze_op_clamp, Detail::kParamsValue);
  ExpectRefused(TestNode().In({2}), adze_op_clamp, Detail::kParamsSize);
  ExpectRefused(TestNode().In({2}).Params(ClampParams()), adze_op_sigmoid, Detail::kParamsSize);
  ExpectRefused(TestNode().In({2}, DType::kF16), adze_op_sigmoid, Detail::kDTypeMismatch);
  ExpectRefused(TestNode(), adze_op_sigmoid, Detail::kInputCount);
}

TEST(Unary, OpsWithoutParams) {
  for (const OpDef* def : {&adze_op_erf, &adze_op_gelu, &adze_op_hard_swish, &adze_op_sigmoid, &adze_op_sqrt, &adze_op_tanh}) {
    TestNode n = TestNode().In({2, 0, 3});
    EXPECT_EQ(n.KeyOf(*def).n_types, 1);
    ExpectType(n, DType::kF32, {2, 0, 3});
    ExpectRefused(TestNode().In({2}).Params(ClampParams()), *def, Detail::kParamsSize);
    ExpectRefused(TestNode().In({2}, DType::kI8), *def, Detail::kDTypeMismatch);
    ExpectRefused(TestNode().In({2}).In({2}), *def, Detail::kInputCount);
  }
}

TEST(Elementwise, MapsKeepTheDtype) {
  for (const OpDef* def : {&adze_op_abs, &adze_op_sin, &adze_op_floor, &adze_op_sign}) {
    TestNode n = TestNode().In({2, 0, 3}, DType::kI64);
    EXPECT_EQ(n.KeyOf(*def).types[0], DType::kI64);
    ExpectType(n, DType::kI64, {2, 0, 3});
    ExpectRefused(TestNode().In({2}).Bytes({0}), *def, Detail::kParamsSize);
    ExpectRefused(TestNode().In({2}).In({2}), *def, Detail::kInputCount);
  }
  ExpectRefused(TestNode().In({2}).Params(EluParams{kNan}), adze_op_elu, Detail::kParamsValue);
  ExpectRefused(TestNode().In({2}, DType::kI32).Params(EluParams()), adze_op_elu, Detail::kDTypeMismatch);
}

TEST(Elementwise, PairsBroadcast) {
  for (const OpDef* def : {&adze_op_pow, &adze_op_mod, &adze_op_bitwise_and, &adze_op_less, &adze_op_equal}) {
    const DType out = def == &adze_op_less || def == &adze_op_equal ? DType::kBool : DType::kI32;
    TestNode both = TestNode().In({2, 1, 5}, DType::kI32).In({1, 3, 5}, DType::kI32);
    EXPECT_EQ(both.KeyOf(*def)[Feature::kBroadcast], 1);
    ExpectType(both, out, {2, 3, 5});
    ExpectRefused(TestNode().In({3}).In({3}, DType::kI32), *def, Detail::kDTypeMismatch);
    ExpectRefused(TestNode().In({2, 3}).In({3}), *def, Detail::kRank);
    ExpectRefused(TestNode().In({2}).In({3}), *def, Detail::kDimension);
    ExpectRefused(TestNode().In({2}), *def, Detail::kInputCount);
    ExpectRefused(TestNode().In({2}).In({2}).Bytes({0}), *def, Detail::kParamsSize);
    ExpectRefused(TestNode().In({1 << 20, 1, 2}).In({1, 1 << 20, 1}), *def, Detail::kTooLarge);
  }
}

TEST(Elementwise, WhereWantsABool) {
  TestNode n = TestNode().In({2, 1}, DType::kBool).In({1, 3}, DType::kI64).In({2, 3}, DType::kI64);
  const Key k = n.KeyOf(adze_op_where);
  ExpectType(n, DType::kI64, {2, 3});
  EXPECT_EQ(k[Feature::kBroadcast], 1);
  ExpectRefused(TestNode().In({2}).In({2}).In({2}), adze_op_where, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({2}, DType::kBool).In({2}).In({2}, DType::kI32), adze_op_where, Detail::kDTypeMismatch);
  ExpectRefused(TestNode().In({2}, DType::kBool).In({3}).In({2}), adze_op_where, Detail::kDimension);
  ExpectRefused(TestNode().In({2}, DType::kBool).In({2}), adze_op_where, Detail::kInputCount);
}

TEST(Cast, ToTheOutputsDtype) {
  TestNode up = TestNode().In({2, 3}, DType::kF16).Out({2, 3});
  const Key k = up.KeyOf(adze_op_cast);
  ExpectType(up, DType::kF32, {2, 3});
  ASSERT_EQ(k.n_types, 2);
  EXPECT_EQ(k.types[0], DType::kF16);
  EXPECT_EQ(k.types[1], DType::kF32);
  for (const DType t : {DType::kF16, DType::kI32, DType::kI64, DType::kI8, DType::kU8, DType::kBool}) {
    TestNode to = TestNode().In({0}).Out({0}, t);
    EXPECT_EQ(to.KeyOf(adze_op_cast).types[1], t);
  }
  ExpectRefused(TestNode().In({2}).Bytes({0}), adze_op_cast, Detail::kParamsSize);
}

TEST(Softmax, ShapesAndParams) {
  TestNode n = TestNode().In({2, 3, 7}).Params(SoftmaxParams());
  const Key k = n.KeyOf(adze_op_softmax);
  ExpectType(n, DType::kF32, {2, 3, 7});
  EXPECT_EQ(k[Feature::kM], 6);
  EXPECT_EQ(k[Feature::kN], 7);
  TestNode no_rows = TestNode().In({0, 7}).Params(SoftmaxParams());
  EXPECT_EQ(no_rows.KeyOf(adze_op_softmax)[Feature::kM], 0);
  ExpectRefused(TestNode().In({2, 0}).Params(SoftmaxParams()), adze_op_softmax, Detail::kDimension);
  ExpectRefused(TestNode().In({}).Params(SoftmaxParams()), adze_op_softmax, Detail::kRank);
  for (const float beta : {0.0F, -1.0F, kNan, kInf}) {
    ExpectRefused(TestNode().In({2}).Params(SoftmaxParams{beta}), adze_op_softmax, Detail::kParamsValue);
  }
  ExpectRefused(TestNode().In({2}, DType::kF16).Params(SoftmaxParams()), adze_op_softmax, Detail::kDTypeMismatch);
}

TEST(LayerNorm, ShapesAndParams) {
  TestNode n = TestNode().In({2, 3, 7}).In({7}).In({7}).Params(LayerNormParams());
  const Key k = n.KeyOf(adze_op_layer_norm);
  ExpectType(n, DType::kF32, {2, 3, 7});
  EXPECT_EQ(k[Feature::kM], 6);
  EXPECT_EQ(k[Feature::kN], 7);
  ExpectRefused(TestNode().In({2, 7}).In({6}).In({7}).Params(LayerNormParams()), adze_op_layer_norm, Detail::kDimension);
  ExpectRefused(TestNode().In({2, 7}).In({7}).In({1, 7}).Params(LayerNormParams()), adze_op_layer_norm, Detail::kRank);
  ExpectRefused(TestNode().In({2, 0}).In({0}).In({0}).Params(LayerNormParams()), adze_op_layer_norm, Detail::kDimension);
  ExpectRefused(TestNode().In({}).In({1}).In({1}).Params(LayerNormParams()), adze_op_layer_norm, Detail::kRank);
  ExpectRefused(TestNode().In({2, 7}).In({7}).Params(LayerNormParams()), adze_op_layer_norm, Detail::kInputCount);
  for (const float epsilon : {-1e-5F, kNan, kInf}) {
    ExpectRefused(TestNode().In({2, 7}).In({7}).In({7}).Params(LayerNormParams{epsilon}), adze_op_layer_norm, Detail::kParamsValue);
  }
}

TEST(ReduceMean, ShapesAndParams) {
  TestNode n = TestNode().In({2, 3, 7}).Params(ReduceMeanParams{5});
  const Key k = n.KeyOf(adze_op_reduce_mean);
  ExpectType(n, DType::kF32, {1, 3, 1});
  EXPECT_EQ(k[Feature::kK], 14);
  TestNode none = TestNode().In({0, 7}).Params(ReduceMeanParams{2});
  EXPECT_EQ(none.KeyOf(adze_op_reduce_mean)[Feature::kK], 0);
  ExpectType(none, DType::kF32, {0, 1});
  ExpectRefused(TestNode().In({2, 3}).Params(ReduceMeanParams{0}), adze_op_reduce_mean, Detail::kParamsValue);
  ExpectRefused(TestNode().In({2, 3}).Params(ReduceMeanParams{4}), adze_op_reduce_mean, Detail::kParamsValue);
  ExpectRefused(TestNode().In({}).Params(ReduceMeanParams{1}), adze_op_reduce_mean, Detail::kParamsValue);
  ExpectRefused(TestNode().In({2, 0}).Params(ReduceMeanParams{2}), adze_op_reduce_mean, Detail::kDimension);
  ExpectRefused(TestNode().In({2}, DType::kI8).Params(ReduceMeanParams{1}), adze_op_reduce_mean, Detail::kDTypeMismatch);
}

}  // namespace
}  // namespace adze
