// SPDX-License-Identifier: Apache-2.0
// The definition of grid_sample.
#include "op-registry/ops/grid_sample.h"

#include "op-registry/ops/operands.h"

namespace adze {
namespace {

Status Infer(const NodeArgs& node, TensorType* out) {
  GridSampleParams p;
  ADZE_RETURN_IF_ERROR(ReadParams(node, &p));
  ADZE_RETURN_IF_ERROR(CheckArity(node, 2, 2, 1));
  if (p.interpolation > GridInterpolation::kCubic) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.interpolation));
  if (p.padding > GridPadding::kReflection) return Refuse(Detail::kParamsValue, static_cast<int64_t>(p.padding));
  if (p.align_corners > 1) return Refuse(Detail::kParamsValue, p.align_corners);
  const Tensor& x = *node.in[0];
  const Tensor& grid = *node.in[1];
  ADZE_RETURN_IF_ERROR(CheckType(x, DType::kF32));
  ADZE_RETURN_IF_ERROR(CheckType(grid, DType::kF32));
  const int last = x.shape.rank - 1;
  if (last != 3 && last != 4) return Refuse(Detail::kRank, last + 1, 4);
  Shape want = grid.shape;
  if (want.rank == last + 1) {
    want.dims[0] = x.dim(0);
    want.dims[last] = last - 1;
  }
  ADZE_RETURN_IF_ERROR(CheckRank(grid, last + 1));
  ADZE_RETURN_IF_ERROR(CheckShape(grid, want));
  for (int d = 1; d < last; ++d) {
    if (x.dim(d) < 1) return Refuse(Detail::kDimension, x.dim(d), 1);
  }
  want.dims[last] = x.dim(last);
  *out = {DType::kF32, want};
  return CheckOutput(*out);
}

void FillKey(const NodeArgs& node, Key* key) {
  StartKey(node, "grid_sample", 2, false, key);
  (*key)[Feature::kMode] = node.params[0];
}

}  // namespace

extern "C" {
extern const OpDef adze_op_grid_sample;
const OpDef adze_op_grid_sample = {"grid_sample", Infer, FillKey};
}

}  // namespace adze
