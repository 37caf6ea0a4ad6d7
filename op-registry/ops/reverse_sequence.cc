// SPDX-License-Identifier: Apache-2.0
// The definition of reverse_sequence.
#include "op-registry/ops/indexed_infer.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ReverseSequenceParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 2, 1));
  const Tensor& x = *node.in[0];
  ADZE_RETURN_IF_ERROR(CheckAxis(x, p.time_axis));
  ADZE_RETURN_IF_ERROR(CheckAxis(x, p.batch_axis));
  if (p.time_axis == p.batch_axis) return Refuse(Detail::kParamsValue, p.batch_axis);
  ADZE_RETURN_IF_ERROR(CheckIndices(*node.in[1]));
  Shape lengths;
  lengths.rank = 1;
  lengths.dims[0] = x.dim(p.batch_axis);
  ADZE_RETURN_IF_ERROR(CheckShape(*node.in[1], lengths));
  *out = {x.dtype, x.shape};
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "reverse_sequence", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_reverse_sequence;
const OpDef adze_op_reverse_sequence = {"reverse_sequence", Infer, FillKey};
}

}  // namespace adze
