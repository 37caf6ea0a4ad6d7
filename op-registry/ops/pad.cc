// SPDX-License-Identifier: Apache-2.0
// The definition of pad.
#include "op-registry/ops/movement.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  PadParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  const Tensor& x = *node.in[0];
  TensorType y = {x.dtype, x.shape};
  for (int i = 0; i < x.shape.rank; ++i) {
    if (p.before[i] < 0) return Refuse(Detail::kParamsValue, p.before[i]);
    if (p.after[i] < 0) return Refuse(Detail::kParamsValue, p.after[i]);
    const int64_t size = int64_t{x.dim(i)} + p.before[i] + p.after[i];
    if (size > INT32_MAX) return Refuse(Detail::kTooLarge, size, INT32_MAX);
    y.shape.dims[i] = static_cast<int32_t>(size);
  }
  *out = y;
  return CheckOutput(y);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "pad", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_pad;
const OpDef adze_op_pad = {"pad", Infer, FillKey};
}

}  // namespace adze
