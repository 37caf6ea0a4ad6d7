// SPDX-License-Identifier: Apache-2.0
// The definition of resize_nearest.
#include "op-registry/ops/resize_nearest.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

// 0 means output size / input size. No ratio of two int32 sizes lies outside the limits, and inside them no division of an index
// overflows or makes a NaN.
bool IsScale(float s) { return s == 0 || (s >= 0x1p-31F && s <= 0x1p31F); }

Status Infer(const NodeArgs& node, TensorType* out) {
  ResizeNearestParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  if (!IsScale(p.scale_h) || !IsScale(p.scale_w)) return Refuse(Detail::kParamsValue);
  if (p.coordinate > Coordinate::kHalfPixel) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.coordinate));
  if (p.rounding > NearestRounding::kRoundPreferFloor) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.rounding));
  const Tensor& x = *node.in[0];
  const Tensor& y = *node.out[0];
  ADZE_RETURN_IF_ERROR(CheckRank(x, 4));
  Shape want = x.shape;
  for (int i = 1; i <= 2 && y.shape.rank == 4; ++i) {
    if (x.dim(i) < 1) return Refuse(Detail::kDimension, x.dim(i), 1);
    if (y.dim(i) < 1) return Refuse(Detail::kDimension, y.dim(i), 1);
    want.dims[i] = y.dim(i);
  }
  ADZE_RETURN_IF_ERROR(CheckShape(y, want));
  *out = {x.dtype, want};
  return CheckOutput(*out);
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "resize_nearest", 0, false, key);
  Key& k = *key;
  const Shape& x = node.in[0]->shape;
  const Shape& y = node.out[0]->shape;
  k[Feature::kHin] = x.dims[1];
  k[Feature::kWin] = x.dims[2];
  k[Feature::kCin] = x.dims[3];
  k[Feature::kHout] = y.dims[1];
  k[Feature::kWout] = y.dims[2];
}

}  // namespace

extern "C" {
extern const OpDef adze_op_resize_nearest;
const OpDef adze_op_resize_nearest = {"resize_nearest", Infer, FillKey};
}

}  // namespace adze
