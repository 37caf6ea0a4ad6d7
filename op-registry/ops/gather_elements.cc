// SPDX-License-Identifier: Apache-2.0
// The definition of gather_elements.
#include "op-registry/ops/indexed.h"
#include "op-registry/ops/indexed_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  AxisParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 2, 1));
  const Tensor& x = *node.in[0];
  ADZE_RETURN_IF_ERROR(CheckAxis(x, p.axis));
  ADZE_RETURN_IF_ERROR(CheckIndices(*node.in[1]));
  ADZE_RETURN_IF_ERROR(CheckInside(*node.in[1], x, p.axis));
  *out = {x.dtype, node.in[1]->shape};
  return CheckGathered(x, p.axis, 1, *out);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "gather_elements", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_gather_elements;
const OpDef adze_op_gather_elements = {"gather_elements", Infer, FillKey};
}

}  // namespace adze
