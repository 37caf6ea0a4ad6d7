// SPDX-License-Identifier: Apache-2.0
// The definition of gather.
#include "op-registry/ops/indexed.h"
#include "op-registry/ops/indexed_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  GatherParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 2, 1));
  const Tensor& x = *node.in[0];
  const Tensor& indices = *node.in[1];
  ADZE_RETURN_IF_ERROR(CheckAxis(x, p.axis));
  ADZE_RETURN_IF_ERROR(CheckIndices(indices));
  if (p.batch_dims < 0 || p.batch_dims > p.axis) return Refuse(Detail::kParamsValue, p.batch_dims);
  ADZE_RETURN_IF_ERROR(CheckLeading(indices, p.batch_dims, x));
  TensorType y = {x.dtype, {}};
  ADZE_RETURN_IF_ERROR(AppendDims(x, 0, p.axis, &y.shape));
  ADZE_RETURN_IF_ERROR(AppendDims(indices, p.batch_dims, indices.shape.rank, &y.shape));
  ADZE_RETURN_IF_ERROR(AppendDims(x, p.axis + 1, x.shape.rank, &y.shape));
  *out = y;
  return CheckGathered(x, p.axis, 1, y);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "gather", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_gather;
const OpDef adze_op_gather = {"gather", Infer, FillKey};
}

}  // namespace adze
