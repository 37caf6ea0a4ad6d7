// SPDX-License-Identifier: Apache-2.0
// The definition of cumsum.
#include "op-registry/ops/indexed_infer.h"
#include "op-registry/ops/reduce_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  CumsumParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  const Tensor& x = *node.in[0];
  if (!IsSummable(x.dtype)) return Refuse(Detail::kDTypeMismatch, static_cast<int64_t>(x.dtype));
  ADZE_RETURN_IF_ERROR(CheckAxis(x, p.axis));
  if (p.exclusive > 1 || p.reverse > 1) return Refuse(Detail::kParamsValue, p.exclusive);
  *out = {x.dtype, x.shape};
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "cumsum", 1, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_cumsum;
const OpDef adze_op_cumsum = {"cumsum", Infer, FillKey};
}

}  // namespace adze
