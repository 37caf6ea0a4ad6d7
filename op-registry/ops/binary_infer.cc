// SPDX-License-Identifier: Apache-2.0
// The check, shape rule and key of add, div, max, min, mul and sub.
#include "op-registry/ops/binary_infer.h"

#include "op-registry/ops/binary.h"
#include "op-registry/ops/operands.h"

namespace adze {

Status InferBinary(const NodeArgs& node, TensorType* out) {
  BinaryParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 2, 1));
  ADZE_RETURN_IF_ERROR(CheckClamp(p.clamp));
  const Tensor& a = *node.in[0];
  const Tensor& b = *node.in[1];
  ADZE_RETURN_IF_ERROR(CheckType(b, a.dtype));
  ADZE_RETURN_IF_ERROR(CheckRank(b, a.shape.rank));
  TensorType y = {a.dtype, a.shape};
  for (int i = 0; i < a.shape.rank; ++i) {
    // A dim of 1 takes the other's size, be it 0.
    if (a.dim(i) == 1)
      y.shape.dims[i] = b.dim(i);
    else if (b.dim(i) != 1 && b.dim(i) != a.dim(i))
      return Refuse(Detail::kDimension, b.dim(i), a.dim(i));
  }
  *out = y;
  return CheckOutput(y);
}

void BinaryKey(const NodeArgs& node, const char* op, Key* key) {
  StartKey(node, op, 1, false, key);
  const Shape& y = node.out[0]->shape;
  (*key)[Feature::kBroadcast] = node.in[0]->shape != y || node.in[1]->shape != y;
}

}  // namespace adze
