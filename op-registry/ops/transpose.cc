// SPDX-License-Identifier: Apache-2.0
// The definition of transpose.
#include "op-registry/ops/movement.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  TransposeParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  const Tensor& x = *node.in[0];
  const int rank = x.shape.rank;
  TensorType y = {x.dtype, x.shape};
  uint32_t seen = 0;
  for (int i = 0; i < kMaxRank; ++i) {
    const int32_t from = p.perm[i];
    if (i >= rank && from == 0) continue;
    if (i >= rank || from < 0 || from >= rank || (seen >> from & 1) != 0) return Refuse(Detail::kParamsValue, from);
    seen |= 1U << from;
    y.shape.dims[i] = x.dim(from);
  }
  *out = y;
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) {
  const auto p = ParamsOf<TransposeParams>(node.params);
  StartKey(node, "transpose", 0, false, key);
  // The order in memory stays if the dims other than 1 keep their order.
  int32_t last = -1;
  bool keeps_order = true;
  for (int i = 0; i < node.in[0]->shape.rank; ++i) {
    if (node.in[0]->dim(p.perm[i]) == 1) continue;
    keeps_order = keeps_order && p.perm[i] > last;
    last = p.perm[i];
  }
  (*key)[Feature::kMode] = keeps_order;
}

}  // namespace

extern "C" {
extern const OpDef adze_op_transpose;
const OpDef adze_op_transpose = {"transpose", Infer, FillKey};
}

}  // namespace adze
