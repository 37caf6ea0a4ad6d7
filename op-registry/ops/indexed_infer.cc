// SPDX-License-Identifier: Apache-2.0
// Checks that the definitions of ops along an axis, or with indices, share.
#include "op-registry/ops/indexed_infer.h"

namespace adze {

Status CheckAxis(const Tensor& t, int32_t axis) {
  return axis >= 0 && axis < t.shape.rank ? OkStatus() : Refuse(Detail::kParamsValue, axis, t.shape.rank);
}

Status CheckIndices(const Tensor& t) { return t.dtype == DType::kI64 ? OkStatus() : CheckType(t, DType::kI32); }

Status AppendDims(const Tensor& t, int from, int to, Shape* shape) {
  for (int i = from; i < to; ++i) {
    if (shape->rank == kMaxRank) return Refuse(Detail::kRank, kMaxRank + 1, kMaxRank);
    shape->dims[shape->rank++] = t.dim(i);
  }
  return OkStatus();
}

Status CheckLeading(const Tensor& t, int n, const Tensor& like) {
  if (t.shape.rank < n) return Refuse(Detail::kRank, t.shape.rank, n);
  for (int i = 0; i < n; ++i) {
    if (t.dim(i) != like.dim(i)) return Refuse(Detail::kDimension, t.dim(i), like.dim(i));
  }
  return OkStatus();
}

Status CheckInside(const Tensor& t, const Tensor& like, int axis) {
  ADZE_RETURN_IF_ERROR(CheckRank(t, like.shape.rank));
  for (int i = 0; i < t.shape.rank; ++i) {
    if (i != axis && t.dim(i) > like.dim(i)) return Refuse(Detail::kDimension, t.dim(i), like.dim(i));
  }
  return OkStatus();
}

Status CheckGathered(const Tensor& x, int first, int n, const TensorType& out) {
  ADZE_RETURN_IF_ERROR(CheckOutput(out));
  if (ElementCount(out.shape) == 0) return OkStatus();
  for (int i = first; i < first + n; ++i) {
    if (x.dim(i) < 1) return Refuse(Detail::kDimension, x.dim(i), 1);
  }
  return OkStatus();
}

}  // namespace adze
