// SPDX-License-Identifier: Apache-2.0
// The definition of resize_linear.
#include "op-registry/ops/resize_linear.h"

#include "op-registry/ops/resize_shape.h"

namespace adze {
namespace {

bool IsBounded(double v) { return v >= -0x1p31 && v <= 0x1p31; }

Status Infer(const NodeArgs& node, TensorType* out) {
  ResizeLinearParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  if (!IsBounded(p.step_h) || !IsBounded(p.offset_h) || !IsBounded(p.step_w) || !IsBounded(p.offset_w)) return Refuse(Detail::kParamsValue);
  ADZE_RETURN_IF_ERROR(CheckType(*node.in[0], DType::kF32));
  return InferResized(node, out);
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "resize_linear", 1, false, key);
  FillResizedSizes(node, key);
}

}  // namespace

extern "C" {
extern const OpDef adze_op_resize_linear;
const OpDef adze_op_resize_linear = {"resize_linear", Infer, FillKey};
}

}  // namespace adze
