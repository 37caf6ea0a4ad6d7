// SPDX-License-Identifier: Apache-2.0
// The definition of one_hot.
#include "op-registry/ops/indexed.h"
#include "op-registry/ops/indexed_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  OneHotParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 2, 1));
  const Tensor& indices = *node.in[0];
  const Tensor& y = *node.out[0];
  ADZE_RETURN_IF_ERROR(CheckIndices(indices));
  ADZE_RETURN_IF_ERROR(CheckRank(y, indices.shape.rank + 1));
  ADZE_RETURN_IF_ERROR(CheckAxis(y, p.axis));
  if (p.wraps > 1) return Refuse(Detail::kParamsValue, p.wraps);
  Shape values;
  values.rank = 1;
  values.dims[0] = 2;
  ADZE_RETURN_IF_ERROR(CheckShape(*node.in[1], values));
  TensorType want = {node.in[1]->dtype, {}};
  ADZE_RETURN_IF_ERROR(AppendDims(indices, 0, p.axis, &want.shape));
  ADZE_RETURN_IF_ERROR(AppendDims(y, p.axis, p.axis + 1, &want.shape));
  ADZE_RETURN_IF_ERROR(AppendDims(indices, p.axis, indices.shape.rank, &want.shape));
  if (y.dim(p.axis) < 0) return Refuse(Detail::kDimension, y.dim(p.axis));
  *out = want;
  return CheckOutput(want);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "one_hot", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_one_hot;
const OpDef adze_op_one_hot = {"one_hot", Infer, FillKey};
}

}  // namespace adze
