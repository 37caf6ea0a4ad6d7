// SPDX-License-Identifier: Apache-2.0
// Every op: its name and the row of its definition (adze_op_<name>, in <op>.cc).
#pragma once

#include "op-registry/core/row.h"

namespace adze {

inline constexpr OpRow kOpRows[] = {
    {"op_add", "add"},
    {"op_cast", "cast"},
    {"op_clamp", "clamp"},
    {"op_concat", "concat"},
    {"op_conv2d", "conv2d"},
    {"op_fully_connected", "fully_connected"},
    {"op_hard_swish", "hard_swish"},
    {"op_mul", "mul"},
    {"op_pad", "pad"},
    {"op_pool2d", "pool2d"},
    {"op_reshape", "reshape"},
    {"op_resize_nearest", "resize_nearest"},
    {"op_sigmoid", "sigmoid"},
    {"op_slice", "slice"},
    {"op_softmax", "softmax"},
    {"op_transpose", "transpose"},
};
static_assert(NamesAscend(kOpRows), "op rows stand in ascending order");

}  // namespace adze
