// SPDX-License-Identifier: Apache-2.0
// The host's table of op definitions: every op known to this build.
#include <iterator>

#include "models/graph/graph.h"
#include "op-registry/ops/ops.rows.h"

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

namespace graph {
namespace {

const OpDef* const kDefs[] = {
    &adze_op_abs,
    &adze_op_acos,
    &adze_op_acosh,
    &adze_op_add,
    &adze_op_arg_max,
    &adze_op_asin,
    &adze_op_asinh,
    &adze_op_atan,
    &adze_op_atanh,
    &adze_op_bitwise_and,
    &adze_op_bitwise_or,
    &adze_op_bitwise_xor,
    &adze_op_cast,
    &adze_op_ceil,
    &adze_op_clamp,
    &adze_op_concat,
    &adze_op_conv2d,
    &adze_op_conv_transpose2d,
    &adze_op_cos,
    &adze_op_cosh,
    &adze_op_cumsum,
    &adze_op_div,
    &adze_op_elu,
    &adze_op_equal,
    &adze_op_erf,
    &adze_op_exp,
    &adze_op_expand,
    &adze_op_floor,
    &adze_op_floor_div,
    &adze_op_fmod,
    &adze_op_fully_connected,
    &adze_op_gather,
    &adze_op_gather_elements,
    &adze_op_gather_nd,
    &adze_op_gelu,
    &adze_op_grid_sample,
    &adze_op_gru,
    &adze_op_hard_swish,
    &adze_op_layer_norm,
    &adze_op_less,
    &adze_op_less_equal,
    &adze_op_log,
    &adze_op_lstm,
    &adze_op_lstm_full,
    &adze_op_matmul,
    &adze_op_max,
    &adze_op_min,
    &adze_op_mod,
    &adze_op_mul,
    &adze_op_neg,
    &adze_op_not_equal,
    &adze_op_one_hot,
    &adze_op_pad,
    &adze_op_pool2d,
    &adze_op_pow,
    &adze_op_prelu,
    &adze_op_reduce_max,
    &adze_op_reduce_mean,
    &adze_op_reduce_min,
    &adze_op_reduce_prod,
    &adze_op_reduce_sum,
    &adze_op_resample,
    &adze_op_reshape,
    &adze_op_resize_linear,
    &adze_op_resize_nearest,
    &adze_op_reverse,
    &adze_op_reverse_sequence,
    &adze_op_rnn,
    &adze_op_round,
    &adze_op_scatter_elements,
    &adze_op_scatter_nd,
    &adze_op_sigmoid,
    &adze_op_sign,
    &adze_op_sin,
    &adze_op_sinh,
    &adze_op_slice,
    &adze_op_softmax,
    &adze_op_softplus,
    &adze_op_sqrt,
    &adze_op_sub,
    &adze_op_tan,
    &adze_op_tanh,
    &adze_op_topk,
    &adze_op_transpose,
    &adze_op_trilu,
    &adze_op_where,
};
static_assert(std::size(kDefs) == std::size(kOpRows), "one definition per op row");

}  // namespace

const OpDef* FindOpDef(const std::string& op) {
  for (const OpDef* def : kDefs) {
    if (op == def->name) return def;
  }
  return nullptr;
}

}  // namespace graph
}  // namespace adze
