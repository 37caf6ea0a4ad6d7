// SPDX-License-Identifier: Apache-2.0
// The definition of concat.
#include "op-registry/ops/movement.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ConcatParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, INT32_MAX, 1));
  const Tensor& first = *node.in[0];
  if (p.axis < 0 || p.axis >= first.shape.rank) return Refuse(Detail::kParamsValue, p.axis);
  int64_t joined = 0;
  for (int i = 0; i < node.n_in; ++i) {
    const Tensor& x = *node.in[i];
    ADZE_RETURN_IF_ERROR(CheckType(x, first.dtype));
    Shape want = first.shape;
    if (x.shape.rank == want.rank) want.dims[p.axis] = x.dim(p.axis);
    ADZE_RETURN_IF_ERROR(CheckShape(x, want));
    joined += x.dim(p.axis);
  }
  if (joined > INT32_MAX) return Refuse(Detail::kTooLarge, joined, INT32_MAX);
  TensorType y = {first.dtype, first.shape};
  y.shape.dims[p.axis] = static_cast<int32_t>(joined);
  *out = y;
  return CheckOutput(y);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "concat", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_concat;
const OpDef adze_op_concat = {"concat", Infer, FillKey};
}

}  // namespace adze
