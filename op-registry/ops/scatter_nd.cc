// SPDX-License-Identifier: Apache-2.0
// The definition of scatter_nd.
#include "op-registry/ops/indexed.h"
#include "op-registry/ops/indexed_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ScatterNdParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 3, 3, 1));
  if (static_cast<uint32_t>(p.reduction) > static_cast<uint32_t>(ScatterReduction::kMin))
    return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.reduction));
  const Tensor& x = *node.in[0];
  const Tensor& indices = *node.in[1];
  ADZE_RETURN_IF_ERROR(CheckIndices(indices));
  const int last = indices.shape.rank - 1;
  if (last < 0) return Refuse(Detail::kRank, 0, 1);
  const int32_t depth = indices.dim(last);
  if (depth > x.shape.rank) return Refuse(Detail::kDimension, depth, x.shape.rank);
  Shape updates;
  ADZE_RETURN_IF_ERROR(AppendDims(indices, 0, last, &updates));
  ADZE_RETURN_IF_ERROR(AppendDims(x, depth, x.shape.rank, &updates));
  ADZE_RETURN_IF_ERROR(CheckShape(*node.in[2], updates));
  ADZE_RETURN_IF_ERROR(CheckType(*node.in[2], x.dtype));
  *out = {x.dtype, x.shape};
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "scatter_nd", 1, false, key);
  (*key)[Feature::kMode] = static_cast<int64_t>(ParamsOf<ScatterNdParams>(node.params).reduction);
}

}  // namespace

extern "C" {
extern const OpDef adze_op_scatter_nd;
const OpDef adze_op_scatter_nd = {"scatter_nd", Infer, FillKey};
}

}  // namespace adze
