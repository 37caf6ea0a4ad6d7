// SPDX-License-Identifier: Apache-2.0
// The host's table of op definitions: every op known to this build.
#include <iterator>

#include "models/graph/graph.h"
#include "op-registry/ops/ops.rows.h"

namespace adze {

extern "C" {
extern const OpDef adze_op_add, adze_op_arg_max, adze_op_cast, adze_op_clamp, adze_op_concat, adze_op_conv2d, adze_op_cumsum, adze_op_div,
    adze_op_erf, adze_op_expand, adze_op_fully_connected, adze_op_gather, adze_op_gather_elements, adze_op_gather_nd, adze_op_gelu,
    adze_op_hard_swish, adze_op_layer_norm, adze_op_lstm, adze_op_matmul, adze_op_mul, adze_op_one_hot, adze_op_pad, adze_op_pool2d,
    adze_op_reduce_max, adze_op_reduce_mean, adze_op_reduce_min, adze_op_reduce_prod, adze_op_reduce_sum, adze_op_reshape,
    adze_op_resize_nearest, adze_op_reverse, adze_op_reverse_sequence, adze_op_scatter_elements, adze_op_scatter_nd, adze_op_sigmoid,
    adze_op_slice, adze_op_softmax, adze_op_sqrt, adze_op_sub, adze_op_tanh, adze_op_topk, adze_op_transpose, adze_op_trilu;
}

namespace graph {
namespace {

const OpDef* const kDefs[] = {
    &adze_op_add,
    &adze_op_arg_max,
    &adze_op_cast,
    &adze_op_clamp,
    &adze_op_concat,
    &adze_op_conv2d,
    &adze_op_cumsum,
    &adze_op_div,
    &adze_op_erf,
    &adze_op_expand,
    &adze_op_fully_connected,
    &adze_op_gather,
    &adze_op_gather_elements,
    &adze_op_gather_nd,
    &adze_op_gelu,
    &adze_op_hard_swish,
    &adze_op_layer_norm,
    &adze_op_lstm,
    &adze_op_matmul,
    &adze_op_mul,
    &adze_op_one_hot,
    &adze_op_pad,
    &adze_op_pool2d,
    &adze_op_reduce_max,
    &adze_op_reduce_mean,
    &adze_op_reduce_min,
    &adze_op_reduce_prod,
    &adze_op_reduce_sum,
    &adze_op_reshape,
    &adze_op_resize_nearest,
    &adze_op_reverse,
    &adze_op_reverse_sequence,
    &adze_op_scatter_elements,
    &adze_op_scatter_nd,
    &adze_op_sigmoid,
    &adze_op_slice,
    &adze_op_softmax,
    &adze_op_sqrt,
    &adze_op_sub,
    &adze_op_tanh,
    &adze_op_topk,
    &adze_op_transpose,
    &adze_op_trilu,
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
