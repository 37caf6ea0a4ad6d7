// SPDX-License-Identifier: Apache-2.0
// The definition of resize_linear.
#include "op-registry/ops/resize_linear.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

bool IsBounded(double v) { return v >= -0x1p31 && v <= 0x1p31; }

Status Infer(const NodeArgs& node, TensorType* out) {
  ResizeLinearParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  if (!IsBounded(p.step_h) || !IsBounded(p.offset_h) || !IsBounded(p.step_w) || !IsBounded(p.offset_w)) return Refuse(Detail::kParamsValue);
  const Tensor& x = *node.in[0];
  const Tensor& y = *node.out[0];
  ADZE_RETURN_IF_ERROR(CheckType(x, DType::kF32));
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

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "resize_linear", 1, false, key);
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
extern const OpDef adze_op_resize_linear;
const OpDef adze_op_resize_linear = {"resize_linear", Infer, FillKey};
}

}  // namespace adze
