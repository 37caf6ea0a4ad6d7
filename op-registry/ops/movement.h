// SPDX-License-Identifier: Apache-2.0
// Ops that move elements and compute nothing: any dtype, selected by the element's width.
//
//   reshape    out: any shape of the same element count (kept from the file)
//   transpose  y's dim d is x's dim perm[d]
//   slice      y[i] = x[begin + i * step]; y's shape is kept from the file; every index must lie inside x
//   concat     inputs joined along `axis`; all other dims equal; 1 or more inputs
//   pad        y[i] = x[i - before] where inside, else `value`; before, after >= 0
//   reverse    y[i] = x[dim - 1 - i] along each dim of `axes`
//   expand     y's shape is kept from the file: x's, or anything for a dim of 1, which repeats. No params
//   reverse_sequence  in: x, lengths [x.dim(batch_axis)], int32 or int64, cut to 0..x.dim(time_axis); along time_axis the first lengths[b]
//                     elements of batch b in reverse order, the rest unchanged
//   trilu      the last two dims are matrices: keeps columns >= row + k if `upper`, else columns <= row + k; 0 elsewhere
//
// key: no types; the common ones (kElementBytes tells the width), transpose: kMode = 1 if perm only moves dims of 1
#pragma once

#include <cstdint>

#include "op-registry/core/shape.h"

namespace adze {

struct TransposeParams {
  int32_t perm[kMaxRank] = {};  // entries past the rank are 0
};

struct SliceParams {
  int32_t begin[kMaxRank] = {};
  int32_t step[kMaxRank] = {1, 1, 1, 1, 1, 1};  // >= 1
};

struct ConcatParams {
  int32_t axis = 0;
};

struct PadParams {
  int32_t before[kMaxRank] = {};
  int32_t after[kMaxRank] = {};
  uint8_t value[8] = {};  // one element, in its own dtype, from the first byte
};

struct ReverseParams {
  uint32_t axes = 0;  // bit d: dim d
};

struct ReverseSequenceParams {
  int32_t time_axis = 0;
  int32_t batch_axis = 0;
};

struct TriluParams {
  int32_t k = 0;
  uint32_t upper = 0;  // 0 or 1
};

}  // namespace adze
