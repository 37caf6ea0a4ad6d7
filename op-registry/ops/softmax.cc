// SPDX-License-Identifier: Apache-2.0
// The definition of softmax.
#include "op-registry/ops/softmax.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  SoftmaxParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  // A negative beta would raise e to unbounded powers; 0 times an infinite distance is NaN.
  if (!(p.beta > 0 && p.beta <= __FLT_MAX__)) return Refuse(Detail::kParamsValue);
  TensorType y;
  ADZE_RETURN_IF_ERROR(InferLikeInput(node, &y));
  if (y.shape.rank < 1) return Refuse(Detail::kRank, y.shape.rank, 1);
  const int32_t c = y.shape.dims[y.shape.rank - 1];
  if (c < 1) return Refuse(Detail::kDimension, c, 1);
  *out = y;
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "softmax", 1, false, key);
  const Shape& x = node.in[0]->shape;
  const int32_t c = x.dims[x.rank - 1];
  (*key)[Feature::kM] = (*key)[Feature::kElements] / c;
  (*key)[Feature::kN] = c;
}

}  // namespace

extern "C" {
extern const OpDef adze_op_softmax;
const OpDef adze_op_softmax = {"softmax", Infer, FillKey};
}

}  // namespace adze
