// SPDX-License-Identifier: Apache-2.0
// The definition of resize_nearest.
#include "op-registry/ops/resize_nearest.h"

#include "op-registry/ops/resize_shape.h"

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
  ADZE_RETURN_IF_ERROR(InferResized(node, out));
  for (int i = 1; i <= 2; ++i) {  // a scale of 0 would divide by them
    if (out->shape.dims[i] < 1) return Refuse(Detail::kDimension, out->shape.dims[i], 1);
  }
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "resize_nearest", 0, false, key);
  FillResizedSizes(node, key);
}

}  // namespace

extern "C" {
extern const OpDef adze_op_resize_nearest;
const OpDef adze_op_resize_nearest = {"resize_nearest", Infer, FillKey};
}

}  // namespace adze
