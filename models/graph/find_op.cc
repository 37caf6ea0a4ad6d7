// SPDX-License-Identifier: Apache-2.0
// The host's table of op definitions: every op known to this build.
#include <iterator>

#include "models/graph/graph.h"
#include "op-registry/ops/ops.rows.h"

namespace adze {

extern "C" {
extern const OpDef adze_op_add, adze_op_cast, adze_op_clamp, adze_op_concat, adze_op_conv2d, adze_op_div, adze_op_erf,
    adze_op_fully_connected, adze_op_gelu, adze_op_hard_swish, adze_op_layer_norm, adze_op_lstm, adze_op_matmul, adze_op_mul, adze_op_pad,
    adze_op_pool2d, adze_op_reduce_mean, adze_op_reshape, adze_op_resize_nearest, adze_op_sigmoid, adze_op_slice, adze_op_softmax,
    adze_op_sqrt, adze_op_sub, adze_op_tanh, adze_op_transpose;
}

namespace graph {
namespace {

const OpDef* const kDefs[] = {
    &adze_op_add,
    &adze_op_cast,
    &adze_op_clamp,
    &adze_op_concat,
    &adze_op_conv2d,
    &adze_op_div,
    &adze_op_erf,
    &adze_op_fully_connected,
    &adze_op_gelu,
    &adze_op_hard_swish,
    &adze_op_layer_norm,
    &adze_op_lstm,
    &adze_op_matmul,
    &adze_op_mul,
    &adze_op_pad,
    &adze_op_pool2d,
    &adze_op_reduce_mean,
    &adze_op_reshape,
    &adze_op_resize_nearest,
    &adze_op_sigmoid,
    &adze_op_slice,
    &adze_op_softmax,
    &adze_op_sqrt,
    &adze_op_sub,
    &adze_op_tanh,
    &adze_op_transpose,
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
