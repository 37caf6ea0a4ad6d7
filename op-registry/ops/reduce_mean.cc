// SPDX-License-Identifier: Apache-2.0
// The definition of reduce_mean.
#include "op-registry/ops/reduce_mean.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ReduceMeanParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  TensorType y;
  ADZE_RETURN_IF_ERROR(InferLikeInput(node, &y));
  if (p.axes == 0 || p.axes >> y.shape.rank != 0) return Refuse(Detail::kParamsValue, p.axes);
  for (int d = 0; d < y.shape.rank; ++d) {
    if ((p.axes >> d & 1) == 0) continue;
    if (y.shape.dims[d] < 1) return Refuse(Detail::kDimension, y.shape.dims[d], 1);
    y.shape.dims[d] = 1;
  }
  *out = y;
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "reduce_mean", 1, false, key);
  const int64_t means = (*key)[Feature::kElements];
  (*key)[Feature::kK] = means == 0 ? 0 : ElementCount(node.in[0]->shape) / means;
}

}  // namespace

extern "C" {
extern const OpDef adze_op_reduce_mean;
const OpDef adze_op_reduce_mean = {"reduce_mean", Infer, FillKey};
}

}  // namespace adze
