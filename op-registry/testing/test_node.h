// SPDX-License-Identifier: Apache-2.0
// A node put together by hand, for tests of op definitions.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <initializer_list>
#include <vector>

#include "op-registry/core/op.h"

namespace adze {

extern "C" {
extern const OpDef adze_op_abs, adze_op_acos, adze_op_acosh, adze_op_add, adze_op_arg_max, adze_op_asin, adze_op_asinh, adze_op_atan,
    adze_op_atanh, adze_op_bitwise_and, adze_op_bitwise_or, adze_op_bitwise_xor, adze_op_cast, adze_op_ceil, adze_op_clamp, adze_op_concat,
    adze_op_conv2d, adze_op_conv_transpose2d, adze_op_cos, adze_op_cosh, adze_op_cumsum, adze_op_div, adze_op_elu, adze_op_equal,
    adze_op_erf, adze_op_exp, adze_op_expand, adze_op_floor, adze_op_floor_div, adze_op_fmod, adze_op_fully_connected, adze_op_gather,
    adze_op_gather_elements, adze_op_gather_nd, adze_op_gelu, adze_op_grid_sample, adze_op_gru, adze_op_hard_swish, adze_op_layer_norm,
    adze_op_less, adze_op_less_equal, adze_op_log, adze_op_lstm, adze_op_lstm_full, adze_op_matmul, adze_op_max, adze_op_min, adze_op_mod,
    adze_op_mul, adze_op_neg, adze_op_not_equal, adze_op_one_hot, adze_op_pad, adze_op_pool2d, adze_op_pow, adze_op_prelu,
    adze_op_reduce_max, adze_op_reduce_mean, adze_op_reduce_min, adze_op_reduce_prod, adze_op_reduce_sum, adze_op_resample, adze_op_reshape,
    adze_op_resize_linear, adze_op_resize_nearest, adze_op_reverse, adze_op_reverse_sequence, adze_op_rnn, adze_op_round,
    adze_op_scatter_elements, adze_op_scatter_nd, adze_op_sigmoid, adze_op_sign, adze_op_sin, adze_op_sinh, adze_op_slice, adze_op_softmax,
    adze_op_softplus, adze_op_sqrt, adze_op_sub, adze_op_tan, adze_op_tanh, adze_op_topk, adze_op_transpose, adze_op_trilu, adze_op_where;
}

inline Shape ShapeOf(std::initializer_list<int32_t> dims) {
  Shape s;
  for (const int32_t d : dims) s.dims[s.rank++] = d;
  return s;
}

class TestNode {
 public:
  TestNode& In(std::initializer_list<int32_t> dims, DType dtype = DType::kF32) {
    in_.push_back(Make(ShapeOf(dims), dtype));
    return *this;
  }
  // The output as stored: read by ops that keep its shape from the file.
  TestNode& Out(std::initializer_list<int32_t> dims, DType dtype = DType::kF32) {
    out_ = Make(ShapeOf(dims), dtype);
    return *this;
  }
  template <typename T>
  TestNode& Params(const T& p) {
    params_.resize(sizeof(T));
    std::memcpy(params_.data(), &p, sizeof(T));
    return *this;
  }
  TestNode& Bytes(std::vector<uint8_t> bytes) {
    params_ = std::move(bytes);
    return *this;
  }
  Tensor& in(int i) { return in_[i]; }
  Tensor& out() { return out_; }

  NodeArgs Args() {
    pointers_.clear();
    for (const Tensor& t : in_) pointers_.push_back(&t);
    out_pointer_ = &out_;
    NodeArgs a;
    a.in = pointers_.data();
    a.out = &out_pointer_;
    a.n_in = static_cast<int32_t>(in_.size());
    a.n_out = 1;
    a.params = params_.data();
    a.params_bytes = static_cast<uint32_t>(params_.size());
    return a;
  }
  Status Infer(const OpDef& def) { return def.infer(Args(), &type); }
  // Infers, makes the output dense of that type and returns the key.
  Key KeyOf(const OpDef& def) {
    EXPECT_TRUE(Infer(def).ok());
    out_ = Make(type.shape, type.dtype);
    Key key;
    key[Feature::kBroadcast] = 77;  // the op must clear what it does not set
    def.key(Args(), &key);
    EXPECT_STREQ(key.op, def.name);
    return key;
  }

  TensorType type;  // of the output, after Infer

 private:
  static Tensor Make(const Shape& shape, DType dtype) {
    Tensor t;
    t.dtype = dtype;
    t.shape = shape;
    SetDenseStrides(&t);
    return t;
  }

  std::deque<Tensor> in_;
  Tensor out_;
  const Tensor* out_pointer_ = nullptr;
  std::vector<const Tensor*> pointers_;
  std::vector<uint8_t> params_;
};

inline void ExpectType(const TestNode& n, DType dtype, std::initializer_list<int32_t> dims) {
  EXPECT_EQ(n.type.dtype, dtype);
  ASSERT_EQ(n.type.shape.rank, static_cast<int>(dims.size()));
  int i = 0;
  for (const int32_t d : dims) EXPECT_EQ(n.type.shape.dims[i++], d);
}

inline void ExpectRefused(TestNode n, const OpDef& def, Detail detail) {
  const Status s = n.Infer(def);
  EXPECT_EQ(s.code, Code::kDamagedFile) << def.name;
  EXPECT_EQ(static_cast<int>(s.detail), static_cast<int>(detail)) << def.name << " got " << s.got << " want " << s.want;
}

inline constexpr float kNan = __builtin_nanf("");
inline constexpr float kInf = __builtin_inff();

}  // namespace adze
