// SPDX-License-Identifier: Apache-2.0
// What the definitions of resizing ops of [N, H, W, C] share. Inline, for each of them is alone in most crops.
#pragma once

#include "op-registry/ops/operands.h"

namespace adze {

// The output's height and width are kept from the file, the other dims are x's. An axis without elements has nothing to be made of.
inline Status InferResized(const NodeArgs& node, TensorType* out) {
  const Tensor& x = *node.in[0];
  const Tensor& y = *node.out[0];
  ADZE_RETURN_IF_ERROR(CheckRank(x, 4));
  Shape want = x.shape;
  for (int i = 1; i <= 2 && y.shape.rank == 4; ++i) {
    if (x.dim(i) < 1) return Refuse(Detail::kDimension, x.dim(i), 1);
    want.dims[i] = y.dim(i);
  }
  ADZE_RETURN_IF_ERROR(CheckShape(y, want));
  *out = {x.dtype, want};
  return CheckOutput(*out);
}

inline void FillResizedSizes(const NodeArgs& node, Key* key) {
  Key& k = *key;
  const Shape& x = node.in[0]->shape;
  const Shape& y = node.out[0]->shape;
  k[Feature::kHin] = x.dims[1];
  k[Feature::kWin] = x.dims[2];
  k[Feature::kCin] = x.dims[3];
  k[Feature::kHout] = y.dims[1];
  k[Feature::kWout] = y.dims[2];
}

}  // namespace adze
