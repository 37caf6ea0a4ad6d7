// SPDX-License-Identifier: Apache-2.0
// Reductions over some dims, which stay as dims of 1, and what else walks along one dim.
//
//   reduce_sum, reduce_prod   float32 (summed in float64), int32, int64 (modulo their size); over no elements 0 and 1
//   reduce_max, reduce_min    also int8, uint8 and bool (any, all); a NaN gives NaN; over no elements the least and the greatest value
//   arg_max   y: int32 or int64 (kept from the file), the place of the greatest element along `axis`, of the least if `smallest`; ties: the
//             first, or the last if `last`; a NaN comes before all others. That dim is at least 1 in x. float32, int32, int64, int8, uint8, bool
//   cumsum    y[i] = x[0] + ... + x[i] along `axis`, without x[i] if `exclusive`, from the other end if `reverse`; float32 (summed in float64),
//             int32, int64 (modulo their size)
//   topk      y: int32 or int64, the places of the y.dim(axis) greatest (`smallest`: least) elements along `axis`, best first; ties: lower places
//             first; a NaN comes before all others. float32, int32, int64
//
// key: types {x}, uint8 for bool; the common ones
#pragma once

#include <cstdint>

namespace adze {

struct ReduceParams {
  uint32_t axes = 0;  // bit d: dim d; at least one
};

struct ArgMaxParams {
  int32_t axis = 0;
  uint8_t smallest = 0;  // 0 or 1
  uint8_t last = 0;      // 0 or 1
  uint8_t reserved[2] = {};
};

struct CumsumParams {
  int32_t axis = 0;
  uint8_t exclusive = 0;  // 0 or 1
  uint8_t reverse = 0;    // 0 or 1
  uint8_t reserved[2] = {};
};

struct TopkParams {
  int32_t axis = 0;
  int32_t smallest = 0;  // 0 or 1
};

}  // namespace adze
