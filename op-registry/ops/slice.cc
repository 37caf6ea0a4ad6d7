// SPDX-License-Identifier: Apache-2.0
// The definition of slice.
#include "op-registry/ops/movement.h"
#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  SliceParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 1, 1, 1));
  const Tensor& x = *node.in[0];
  const Tensor& y = *node.out[0];
  ADZE_RETURN_IF_ERROR(CheckRank(y, x.shape.rank));
  for (int i = 0; i < x.shape.rank; ++i) {
    const int64_t begin = p.begin[i];
    const int64_t n = y.dim(i);
    if (p.step[i] < 1) return Refuse(Detail::kParamsValue, p.step[i]);
    if (begin < 0 || begin > x.dim(i)) return Refuse(Detail::kParamsValue, begin);
    const int64_t end = n == 0 ? begin : begin + (n - 1) * p.step[i] + 1;
    if (n < 0 || end > x.dim(i)) return Refuse(Detail::kDimension, end, x.dim(i));
  }
  *out = {x.dtype, y.shape};
  return CheckOutput(*out);
}

void FillKey(const NodeArgs& node, Key* key) { StartKey(node, "slice", 0, false, key); }

}  // namespace

extern "C" {
extern const OpDef adze_op_slice;
const OpDef adze_op_slice = {"slice", Infer, FillKey};
}

}  // namespace adze
