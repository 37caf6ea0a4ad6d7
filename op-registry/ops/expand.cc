// SPDX-License-Identifier: Apache-2.0
// The definition of expand.
#include "op-registry/ops/movement.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ADZE_RETURN_IF_ERROR(CheckNoParams(node));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  const Tensor& x = *node.in[0];
  const Tensor& y = *node.out[0];
  ADZE_RETURN_IF_ERROR(CheckRank(y, x.shape.rank));
  for (int i = 0; i < x.shape.rank; ++i) {
    if (y.dim(i) < 0 || (x.dim(i) != 1 && x.dim(i) != y.dim(i))) return Refuse(Detail::kDimension, y.dim(i), x.dim(i));
  }
  *out = {x.dtype, y.shape};
  return CheckOutput(*out);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "expand", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_expand;
const OpDef adze_op_expand = {"expand", Infer, FillKey};
}

}  // namespace adze
