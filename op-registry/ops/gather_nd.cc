// SPDX-License-Identifier: Apache-2.0
// The definition of gather_nd.
#include "op-registry/ops/indexed.h"
#include "op-registry/ops/indexed_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  GatherNdParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 2, 1));
  const Tensor& x = *node.in[0];
  const Tensor& indices = *node.in[1];
  ADZE_RETURN_IF_ERROR(CheckIndices(indices));
  const int last = indices.shape.rank - 1;
  if (p.batch_dims < 0 || p.batch_dims > last || p.batch_dims > x.shape.rank) return Refuse(Detail::kParamsValue, p.batch_dims);
  ADZE_RETURN_IF_ERROR(CheckLeading(indices, p.batch_dims, x));
  const int32_t depth = indices.dim(last);
  if (depth > x.shape.rank - p.batch_dims) return Refuse(Detail::kDimension, depth, x.shape.rank - p.batch_dims);
  TensorType y = {x.dtype, {}};
  ADZE_RETURN_IF_ERROR(AppendDims(indices, 0, last, &y.shape));
  ADZE_RETURN_IF_ERROR(AppendDims(x, p.batch_dims + depth, x.shape.rank, &y.shape));
  *out = y;
  return CheckGathered(x, p.batch_dims, depth, y);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "gather_nd", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_gather_nd;
const OpDef adze_op_gather_nd = {"gather_nd", Infer, FillKey};
}

}  // namespace adze
