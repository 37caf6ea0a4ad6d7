// SPDX-License-Identifier: Apache-2.0
// Every op: its name and the row of its definition (adze_op_<name>, in <op>.cc).
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr OpRow kOpRows[] = {
    {"op_add", "add"},
    {"op_arg_max", "arg_max"},
    {"op_cast", "cast"},
    {"op_clamp", "clamp"},
    {"op_concat", "concat"},
    {"op_conv2d", "conv2d"},
    {"op_cumsum", "cumsum"},
    {"op_div", "div"},
    {"op_erf", "erf"},
    {"op_expand", "expand"},
    {"op_fully_connected", "fully_connected"},
    {"op_gather", "gather"},
    {"op_gather_elements", "gather_elements"},
    {"op_gather_nd", "gather_nd"},
    {"op_gelu", "gelu"},
    {"op_hard_swish", "hard_swish"},
    {"op_layer_norm", "layer_norm"},
    {"op_lstm", "lstm"},
    {"op_matmul", "matmul"},
    {"op_mul", "mul"},
    {"op_one_hot", "one_hot"},
    {"op_pad", "pad"},
    {"op_pool2d", "pool2d"},
    {"op_reduce_max", "reduce_max"},
    {"op_reduce_mean", "reduce_mean"},
    {"op_reduce_min", "reduce_min"},
    {"op_reduce_prod", "reduce_prod"},
    {"op_reduce_sum", "reduce_sum"},
    {"op_reshape", "reshape"},
    {"op_resize_nearest", "resize_nearest"},
    {"op_reverse", "reverse"},
    {"op_reverse_sequence", "reverse_sequence"},
    {"op_scatter_elements", "scatter_elements"},
    {"op_scatter_nd", "scatter_nd"},
    {"op_sigmoid", "sigmoid"},
    {"op_slice", "slice"},
    {"op_softmax", "softmax"},
    {"op_sqrt", "sqrt"},
    {"op_sub", "sub"},
    {"op_tanh", "tanh"},
    {"op_topk", "topk"},
    {"op_transpose", "transpose"},
    {"op_trilu", "trilu"},
};
static_assert(NamesAscend(kOpRows), "op rows stand in ascending order");

}  // namespace adze
