// SPDX-License-Identifier: Apache-2.0
// The definition of arg_max.
#include "op-registry/ops/indexed_infer.h"
#include "op-registry/ops/reduce_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ArgMaxParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  const Tensor& x = *node.in[0];
  if (!IsOrdered(x.dtype)) return Refuse(Detail::kDTypeMismatch, static_cast<int64_t>(x.dtype));
  ADZE_RETURN_IF_ERROR(CheckAxis(x, p.axis));
  ADZE_RETURN_IF_ERROR(CheckIndices(*node.out[0]));
  if (p.smallest > 1 || p.last > 1) return Refuse(Detail::kParamsValue, p.smallest);
  if (x.dim(p.axis) < 1) return Refuse(Detail::kDimension, 0, 1);
  TensorType y = {node.out[0]->dtype, x.shape};
  y.shape.dims[p.axis] = 1;
  *out = y;
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) { FillReduceKey(node, "arg_max", key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_arg_max;
const OpDef adze_op_arg_max = {"arg_max", Infer, FillKey};
}

}  // namespace adze
