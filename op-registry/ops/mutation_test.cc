// SPDX-License-Identifier: Apache-2.0
// Random params, shapes, strides and dtypes into every op: a Status, never undefined behaviour; what is accepted can exist.
#include <random>
#include <set>
#include <string>

#include "op-registry/core/row.h"
#include "op-registry/ops/binary.h"
#include "op-registry/ops/conv2d.h"
#include "op-registry/ops/conv_transpose2d.h"
#include "op-registry/ops/fully_connected.h"
#include "op-registry/ops/grid_sample.h"
#include "op-registry/ops/indexed.h"
#include "op-registry/ops/layer_norm.h"
#include "op-registry/ops/lstm.h"
#include "op-registry/ops/matmul.h"
#include "op-registry/ops/movement.h"
#include "op-registry/ops/ops.rows.h"
#include "op-registry/ops/pool2d.h"
#include "op-registry/ops/recurrent.h"
#include "op-registry/ops/reduce.h"
#include "op-registry/ops/reduce_mean.h"
#include "op-registry/ops/resample.h"
#include "op-registry/ops/resize_linear.h"
#include "op-registry/ops/resize_nearest.h"
#include "op-registry/ops/softmax.h"
#include "op-registry/ops/unary.h"
#include "op-registry/testing/test_node.h"

namespace adze {
namespace {

constexpr int kRounds = 40000;

class Mutator {
 public:
  explicit Mutator(uint32_t seed) : random_(seed) {}

  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(random_() % n); }

  int32_t Value() {
    static constexpr int32_t kEdges[] = {0, 1, 2, 3, -1, 127, 128, 1 << 20, (1 << 20) + 1, INT32_MAX, INT32_MIN, INT32_MAX - 15};
    if (Below(2) != 0) return static_cast<int32_t>(Below(5));
    return Below(4) != 0 ? kEdges[Below(std::size(kEdges))] : static_cast<int32_t>(random_());
  }

  // As the reader lets them through: dims of at least 0, a count that fits.
  Shape AnyShape() {
    Shape s;
    do {
      s.rank = static_cast<int32_t>(Below(kMaxRank + 1));
      for (int i = 0; i < s.rank; ++i) s.dims[i] = Value() & INT32_MAX;
    } while (ElementCount(s) < 0);
    return s;
  }

  void Mutate(Tensor* t) {
    if (Below(4) == 0) t->shape = AnyShape();
    if (Below(8) == 0) t->dtype = static_cast<DType>(Below(kDTypeCount));
    if (t->shape.rank > 0 && Below(8) == 0) {
      Shape changed = t->shape;
      changed.dims[Below(changed.rank)] = Value() & INT32_MAX;
      if (ElementCount(changed) >= 0) t->shape = changed;
    }
    SetDenseStrides(t);
    if (t->shape.rank > 0 && Below(8) == 0) t->strides[Below(t->shape.rank)] = Below(1 << 20);
  }

  std::vector<uint8_t> Mutated(std::vector<uint8_t> params) {
    const uint32_t changes = Below(4);
    for (uint32_t i = 0; i < changes && !params.empty(); ++i) {
      if (Below(2) != 0) {
        params[Below(static_cast<uint32_t>(params.size()))] = static_cast<uint8_t>(random_());
      } else {
        const int32_t v = Value();
        const uint32_t words = static_cast<uint32_t>(params.size() / 4);
        if (words > 0) std::memcpy(&params[4 * Below(words)], &v, 4);
      }
    }
    if (Below(64) == 0) params.resize(Below(128));
    return params;
  }

 private:
  std::mt19937 random_;
};

template <typename T>
std::vector<uint8_t> BytesOf(const T& p) {
  std::vector<uint8_t> bytes(sizeof(T));
  std::memcpy(bytes.data(), &p, sizeof(T));
  return bytes;
}

struct Seed {
  const OpDef* def;
  TestNode node;
  std::vector<uint8_t> params;
};

// A node that each op accepts.
std::vector<Seed> Seeds() {
  Conv2dParams conv;
  conv.kernel_h = conv.kernel_w = 3;
  conv.channels_out = 2;
  Conv2dParams packed = conv;
  packed.packing = Packing::kPanels16;
  packed.has_residual = 1;
  Conv2dParams depthwise = packed;
  depthwise.packing = Packing::kDepthwise16;
  depthwise.groups = 2;
  depthwise.has_residual = 0;
  Conv2dParams winograd = packed;
  winograd.packing = Packing::kWinograd4x3;
  FullyConnectedParams fc;
  fc.channels_out = 3;
  FullyConnectedParams fc8 = fc;
  fc8.rescale = RescaleMode::kF64Away;
  RecurrentParams rnn;
  rnn.hidden = rnn.projected = 4;
  rnn.options = kHidden0;
  RecurrentParams gru = rnn;
  gru.options = kRecurrentBias | kResetAfter;
  gru.packing = Packing::kPanels16;
  RecurrentParams full = rnn;
  full.projected = 5;
  full.options = kHidden0 | kCell0 | kLengths | kPeepholes | kLayerNorm | kProjection | kProjectionBias;
  const DType s8 = DType::kI8;
  return {
      {&adze_op_add, TestNode().In({2, 3}).In({1, 3}), BytesOf(BinaryParams())},
      {&adze_op_mul, TestNode().In({2, 3}).In({2, 1}), BytesOf(BinaryParams())},
      {&adze_op_cast, TestNode().In({2, 3}), {}},
      {&adze_op_abs, TestNode().In({2, 3}), {}},
      {&adze_op_acos, TestNode().In({2, 3}), {}},
      {&adze_op_acosh, TestNode().In({2, 3}), {}},
      {&adze_op_asin, TestNode().In({2, 3}), {}},
      {&adze_op_asinh, TestNode().In({2, 3}), {}},
      {&adze_op_atan, TestNode().In({2, 3}), {}},
      {&adze_op_atanh, TestNode().In({2, 3}), {}},
      {&adze_op_ceil, TestNode().In({2, 3}), {}},
      {&adze_op_cos, TestNode().In({2, 3}), {}},
      {&adze_op_cosh, TestNode().In({2, 3}), {}},
      {&adze_op_exp, TestNode().In({2, 3}), {}},
      {&adze_op_floor, TestNode().In({2, 3}), {}},
      {&adze_op_log, TestNode().In({2, 3}), {}},
      {&adze_op_neg, TestNode().In({2, 3}), {}},
      {&adze_op_round, TestNode().In({2, 3}), {}},
      {&adze_op_sign, TestNode().In({2, 3}), {}},
      {&adze_op_sin, TestNode().In({2, 3}), {}},
      {&adze_op_sinh, TestNode().In({2, 3}), {}},
      {&adze_op_softplus, TestNode().In({2, 3}), {}},
      {&adze_op_tan, TestNode().In({2, 3}), {}},
      {&adze_op_bitwise_and, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_bitwise_or, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_bitwise_xor, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_equal, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_floor_div, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_fmod, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_less, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_less_equal, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_mod, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_not_equal, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_pow, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_prelu, TestNode().In({2, 3}).In({1, 3}), {}},
      {&adze_op_max, TestNode().In({2, 3}).In({1, 3}), BytesOf(BinaryParams())},
      {&adze_op_min, TestNode().In({2, 3}).In({1, 3}), BytesOf(BinaryParams())},
      {&adze_op_elu, TestNode().In({2, 3}), BytesOf(EluParams())},
      {&adze_op_where, TestNode().In({2, 1}, DType::kBool).In({1, 3}).In({2, 3}), {}},
      {&adze_op_clamp, TestNode().In({2, 3}), BytesOf(ClampParams())},
      {&adze_op_div, TestNode().In({2, 3}).In({1, 3}), BytesOf(BinaryParams())},
      {&adze_op_sub, TestNode().In({2, 1}).In({1, 3}), BytesOf(BinaryParams())},
      {&adze_op_erf, TestNode().In({2, 3}), {}},
      {&adze_op_gelu, TestNode().In({2, 3}), {}},
      {&adze_op_sqrt, TestNode().In({2, 3}), {}},
      {&adze_op_tanh, TestNode().In({2, 3}), {}},
      {&adze_op_layer_norm, TestNode().In({2, 3}).In({3}).In({3}), BytesOf(LayerNormParams())},
      {&adze_op_lstm, TestNode().In({5, 2, 3}).In({16, 3}).In({16, 4}).In({16}), BytesOf(LstmParams{4})},
      {&adze_op_lstm, TestNode().In({5, 2, 3}).In({1, 1, 3, 16}).In({1, 1, 4, 16}).In({16}).In({2, 4}).In({2, 4}),
       BytesOf(LstmParams{4, Packing::kPanels16, 1})},
      {&adze_op_lstm_full,
       TestNode()
           .In({5, 2, 3})
           .In({16, 3})
           .In({16, 5})
           .In({16})
           .In({2, 5})
           .In({2, 4})
           .In({2}, DType::kI32)
           .In({12})
           .In({16})
           .In({5, 4})
           .In({5}),
       BytesOf(full)},
      {&adze_op_gru, TestNode().In({5, 2, 3}).In({3, 1, 3, 16}).In({3, 1, 4, 16}).In({48}).In({16}), BytesOf(gru)},
      {&adze_op_rnn, TestNode().In({5, 2, 3}).In({4, 3}).In({4, 4}).In({4}).In({2, 4}), BytesOf(rnn)},
      {&adze_op_matmul, TestNode().In({2, 3, 4}).In({1, 4, 5}), BytesOf(MatMulParams{1, {}})},
      {&adze_op_reduce_mean, TestNode().In({2, 3, 4}), BytesOf(ReduceMeanParams{5})},
      {&adze_op_hard_swish, TestNode().In({2, 3}), {}},
      {&adze_op_sigmoid, TestNode().In({2, 3}), {}},
      {&adze_op_softmax, TestNode().In({2, 3}), BytesOf(SoftmaxParams())},
      {&adze_op_concat, TestNode().In({2, 3}).In({2, 3}).In({2, 3}), BytesOf(ConcatParams{1})},
      {&adze_op_conv2d, TestNode().In({1, 5, 5, 2}).In({2, 3, 3, 2}).In({2}), BytesOf(conv)},
      {&adze_op_conv2d, TestNode().In({1, 5, 5, 2}).In({1, 1, 18, 16}).In({16}).In({1, 3, 3, 2}), BytesOf(packed)},
      {&adze_op_conv2d, TestNode().In({1, 5, 5, 2}).In({9, 16}).In({16}), BytesOf(depthwise)},
      {&adze_op_conv2d, TestNode().In({1, 5, 5, 2}).In({36, 1, 2, 16}).In({16}).In({1, 3, 3, 2}), BytesOf(winograd)},
      {&adze_op_conv_transpose2d, TestNode().In({1, 5, 5, 2}).In({3, 2, 2, 2}).In({3}),
       BytesOf(ConvTranspose2dParams{2, 2, 2, 2, 1, 1, 0, 0, 10, 10, 1, 3, {}})},
      {&adze_op_fully_connected, TestNode().In({2, 4}).In({3, 4}).In({3}), BytesOf(fc)},
      {&adze_op_fully_connected, TestNode().In({2, 4}, s8).In({3, 4}, s8).In({3}, DType::kI32), BytesOf(fc8)},
      {&adze_op_pad, TestNode().In({2, 3}), BytesOf(PadParams())},
      {&adze_op_pool2d, TestNode().In({1, 5, 5, 2}), BytesOf(Pool2dParams())},
      {&adze_op_reshape, TestNode().In({2, 3}).Out({6}), {}},
      {&adze_op_resize_nearest, TestNode().In({1, 2, 3, 1}).Out({1, 4, 4, 1}), BytesOf(ResizeNearestParams())},
      {&adze_op_resize_linear, TestNode().In({1, 2, 3, 1}).Out({1, 4, 4, 1}), BytesOf(ResizeLinearParams())},
      {&adze_op_grid_sample, TestNode().In({2, 3, 4, 5}).In({2, 1, 3, 2}), BytesOf(GridSampleParams())},
      {&adze_op_resample, TestNode().In({2, 3, 4}).In({5}, DType::kI32).In({5, 2}), BytesOf(ResampleParams{1})},
      {&adze_op_slice, TestNode().In({4, 5}).Out({2, 2}), BytesOf(SliceParams())},
      {&adze_op_reverse, TestNode().In({2, 3, 4}), BytesOf(ReverseParams{5})},
      {&adze_op_expand, TestNode().In({1, 3, 1}).Out({2, 3, 4}), {}},
      {&adze_op_reverse_sequence, TestNode().In({2, 3, 4}).In({3}, DType::kI32), BytesOf(ReverseSequenceParams{0, 1})},
      {&adze_op_trilu, TestNode().In({2, 3, 4}), BytesOf(TriluParams{1, 1})},
      {&adze_op_gather, TestNode().In({2, 3, 4}).In({2, 2}, DType::kI32), BytesOf(GatherParams{1, 1})},
      {&adze_op_gather_nd, TestNode().In({2, 3, 4}).In({2, 2}, DType::kI64), BytesOf(GatherNdParams{0})},
      {&adze_op_gather_elements, TestNode().In({2, 3, 4}).In({2, 7, 3}, DType::kI32), BytesOf(AxisParams{1})},
      {&adze_op_scatter_nd, TestNode().In({2, 3, 4}).In({5, 2}, DType::kI32).In({5, 4}), BytesOf(ScatterNdParams{ScatterReduction::kAdd})},
      {&adze_op_scatter_elements, TestNode().In({2, 3}).In({2, 2}, DType::kI32).In({2, 2}), BytesOf(ScatterElementsParams{1, {}})},
      {&adze_op_one_hot, TestNode().In({2, 3}, DType::kI32).In({2}).Out({2, 5, 3}), BytesOf(OneHotParams{1, 0})},
      {&adze_op_reduce_sum, TestNode().In({2, 3, 4}), BytesOf(ReduceParams{5})},
      {&adze_op_reduce_prod, TestNode().In({2, 3, 4}, DType::kI64), BytesOf(ReduceParams{5})},
      {&adze_op_reduce_max, TestNode().In({2, 3, 4}, DType::kBool), BytesOf(ReduceParams{5})},
      {&adze_op_reduce_min, TestNode().In({2, 3, 4}, DType::kI8), BytesOf(ReduceParams{5})},
      {&adze_op_arg_max, TestNode().In({2, 3, 4}).Out({2, 1, 4}, DType::kI32), BytesOf(ArgMaxParams{1})},
      {&adze_op_cumsum, TestNode().In({2, 3, 4}), BytesOf(CumsumParams{1})},
      {&adze_op_topk, TestNode().In({2, 3, 4}).Out({2, 2, 4}, DType::kI64), BytesOf(TopkParams{1})},
      {&adze_op_transpose, TestNode().In({2, 3, 4}), BytesOf(TransposeParams{{2, 0, 1}})},
  };
}

TEST(Mutation, EveryOpHasASeed) {
  std::set<std::string> seeded;
  for (const Seed& seed : Seeds()) seeded.insert(seed.def->name);
  for (const OpRow& row : kOpRows) EXPECT_EQ(seeded.count(row.op), 1U) << "give op " << row.op << " a node in Seeds()";
}

TEST(Mutation, EveryOpIsTotal) {
  Mutator mutator(20240607);
  for (const Seed& seed : Seeds()) {
    TestNode whole = seed.node;
    ASSERT_TRUE(whole.Bytes(seed.params).Infer(*seed.def).ok()) << seed.def->name;
    int accepted = 0;
    for (int round = 0; round < kRounds; ++round) {
      TestNode n = seed.node;
      n.Bytes(mutator.Mutated(seed.params));
      const int n_in = n.Args().n_in;
      if (mutator.Below(2) == 0) {
        mutator.Mutate(&n.in(static_cast<int>(mutator.Below(n_in))));
        mutator.Mutate(&n.out());
      }
      if (mutator.Below(32) == 0) n.In({1, 3});
      if (!n.Infer(*seed.def).ok()) continue;
      ++accepted;
      ASSERT_GE(ElementCount(n.type.shape), 0) << seed.def->name;
      ASSERT_NE(DTypeBytes(n.type.dtype), 0U);
      const Key key = n.KeyOf(*seed.def);
      for (int f = 0; f < kFeatureCount; ++f) ASSERT_GE(key.features[f], 0) << seed.def->name << " feature " << f;
    }
    EXPECT_GT(accepted, kRounds / 100) << seed.def->name << ": the mutations reach only refusals";
  }
}

}  // namespace
}  // namespace adze
