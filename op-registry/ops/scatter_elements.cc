// SPDX-License-Identifier: Apache-2.0
// The definition of scatter_elements.
#include "op-registry/ops/indexed.h"
#include "op-registry/ops/indexed_infer.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  ScatterElementsParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 3, 3, 1));
  if (static_cast<uint32_t>(p.reduction) > static_cast<uint32_t>(ScatterReduction::kMin))
    return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.reduction));
  const Tensor& x = *node.in[0];
  ADZE_RETURN_IF_ERROR(CheckAxis(x, p.axis));
  ADZE_RETURN_IF_ERROR(CheckIndices(*node.in[1]));
  ADZE_RETURN_IF_ERROR(CheckInside(*node.in[1], x, p.axis));
  ADZE_RETURN_IF_ERROR(CheckShape(*node.in[2], node.in[1]->shape));
  ADZE_RETURN_IF_ERROR(CheckType(*node.in[2], x.dtype));
  *out = {x.dtype, x.shape};
  return OkStatus();
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "scatter_elements", 1, false, key);
  (*key)[Feature::kMode] = static_cast<int64_t>(ParamsOf<ScatterElementsParams>(node.params).reduction);
}

}  // namespace

extern "C" {
extern const OpDef adze_op_scatter_elements;
const OpDef adze_op_scatter_elements = {"scatter_elements", Infer, FillKey};
}

}  // namespace adze
