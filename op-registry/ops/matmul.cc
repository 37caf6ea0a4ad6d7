// SPDX-License-Identifier: Apache-2.0
// The definition of matmul.
#include "op-registry/ops/matmul.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  MatMulParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 2, 1));
  const Tensor& a = *node.in[0];
  const Tensor& b = *node.in[1];
  ADZE_RETURN_IF_ERROR(CheckType(a, DType::kF32));
  ADZE_RETURN_IF_ERROR(CheckType(b, DType::kF32));
  const int rank = a.shape.rank;
  if (p.heads_inside > 1) return Refuse(Detail::kParamsValue, p.heads_inside);
  if (rank < 2 + p.heads_inside) return Refuse(Detail::kRank, rank, 2 + p.heads_inside);
  ADZE_RETURN_IF_ERROR(CheckRank(b, rank));
  const int32_t k = a.dim(rank - 1);
  if (k < 1 || b.dim(rank - 2) != k) return Refuse(Detail::kDimension, b.dim(rank - 2), k);
  TensorType y = {DType::kF32, a.shape};
  for (int d = 0; d < rank - 2; ++d) {
    if (a.dim(d) == 1)
      y.shape.dims[d] = b.dim(d);
    else if (b.dim(d) != 1 && b.dim(d) != a.dim(d))
      return Refuse(Detail::kDimension, b.dim(d), a.dim(d));
  }
  y.shape.dims[rank - 1] = b.dim(rank - 1);
  if (p.heads_inside != 0) {
    const int32_t heads = y.shape.dims[rank - 3];
    y.shape.dims[rank - 3] = y.shape.dims[rank - 2];
    y.shape.dims[rank - 2] = heads;
  }
  *out = y;
  return CheckOutput(y);
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "matmul", 1, false, key);
  const Tensor& a = *node.in[0];
  const Tensor& b = *node.in[1];
  const Tensor& y = *node.out[0];
  const int rank = a.shape.rank;
  Key& k = *key;
  k[Feature::kM] = a.dim(rank - 2);
  k[Feature::kN] = b.dim(rank - 1);
  k[Feature::kK] = a.dim(rank - 1);
  k[Feature::kGroups] = 1;
  for (int d = 0; d < rank - 2; ++d) k[Feature::kGroups] *= a.dim(d) == 1 ? b.dim(d) : a.dim(d);
  k[Feature::kMode] = ParamsOf<MatMulParams>(node.params).heads_inside;
  k[Feature::kInnerDense] = IsInnerDense(a) && IsInnerDense(y);
}

}  // namespace

extern "C" {
extern const OpDef adze_op_matmul;
const OpDef adze_op_matmul = {"matmul", Infer, FillKey};
}

}  // namespace adze
