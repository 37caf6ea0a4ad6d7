// SPDX-License-Identifier: Apache-2.0
// The definition of topk.
#include "op-registry/ops/indexed_infer.h"
#include "op-registry/ops/reduce_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  TopkParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  const Tensor& x = *node.in[0];
  const Tensor& y = *node.out[0];
  if (!IsSummable(x.dtype)) return Refuse(Detail::kDTypeMismatch, static_cast<int64_t>(x.dtype));
  ADZE_RETURN_IF_ERROR(CheckAxis(x, p.axis));
  ADZE_RETURN_IF_ERROR(CheckIndices(y));
  if (p.smallest < 0 || p.smallest > 1) return Refuse(Detail::kParamsValue, p.smallest);
  ADZE_RETURN_IF_ERROR(CheckRank(y, x.shape.rank));
  if (y.dim(p.axis) < 0 || y.dim(p.axis) > x.dim(p.axis)) return Refuse(Detail::kDimension, y.dim(p.axis), x.dim(p.axis));
  TensorType want = {y.dtype, x.shape};
  want.shape.dims[p.axis] = y.dim(p.axis);
  *out = want;
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "topk", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_topk;
const OpDef adze_op_topk = {"topk", Infer, FillKey};
}

}  // namespace adze
