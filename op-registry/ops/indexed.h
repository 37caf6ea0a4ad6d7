// SPDX-License-Identifier: Apache-2.0
// Ops that move elements to or from places that a tensor of indices names: any dtype. Indices are int32 or int64 and count from the end where
// negative.
//
//   gather           y[b..., o..., i..., n...] = x[b..., o..., indices[b..., i...], n...]: `batch_dims` dims b, then those up to `axis`
//   gather_nd        y[b..., i..., n...] = x[b..., indices[b..., i..., :]..., n...]: the last dim of indices holds coordinates
//   gather_elements  y[i...] = x[i... with indices[i...] at `axis`]; other dims of indices at most x's
//   scatter_nd       y = x, then for each i in row-major order y[indices[i..., :]...] = reduction(what is there, updates[i..., n...])
//   scatter_elements y = x, then for each i in row-major order y[i... with indices[i...] at `axis`] = reduction(what is there, updates[i...])
//   one_hot          in: indices, {off, on}; y's shape is kept from the file: indices' with one dim more at `axis`; `on` where the place
//                    along axis is the index. An index below 0 counts from the end if `wraps`, else it names no place
//
// An index outside is no error: gathers take the nearest place, scatters and one_hot leave it out. Of several updates of one place the last
// wins, or all are reduced in order; NaN in either operand of max and min gives NaN, integers wrap.
// key: types none, scatters {x}; kMode (scatters) = reduction; the common ones
#pragma once

#include <cstdint>

namespace adze {

struct AxisParams {
  int32_t axis = 0;
};

struct GatherParams {
  int32_t axis = 0;
  int32_t batch_dims = 0;  // at most axis
};

struct GatherNdParams {
  int32_t batch_dims = 0;
};

enum class ScatterReduction : int32_t { kNone = 0, kAdd, kMul, kMax, kMin };

struct ScatterNdParams {
  ScatterReduction reduction = ScatterReduction::kNone;
};

struct ScatterElementsParams {
  int32_t axis = 0;
  ScatterReduction reduction = ScatterReduction::kNone;
};

struct OneHotParams {
  int32_t axis = 0;
  int32_t wraps = 0;
};

}  // namespace adze
