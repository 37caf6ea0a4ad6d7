// SPDX-License-Identifier: Apache-2.0
// reduce_mean against the reference: every set of dims, every layout.
#include "kernels/testing/streaming_case.h"
#include "op-registry/ops/reduce_mean.h"

namespace adze::parity {
namespace {

TEST(ReduceMean, EverySetOfDims) {
  const std::vector<int32_t> dims = {2, 3, 5, 7};
  for (uint32_t axes = 1; axes < 16; ++axes) {
    std::vector<int32_t> out = dims;
    for (size_t d = 0; d < 4; ++d) {
      if ((axes >> d & 1) != 0) out[d] = 1;
    }
    CheckNode({"reduce_mean", ParamBytes(ReduceMeanParams{axes}), {{DType::kF32, dims}}, {DType::kF32, out}, axes < 8, 1e-6F});
  }
}

TEST(ReduceMean, OneElementNoneAndMany) {
  CheckNode({"reduce_mean", ParamBytes(ReduceMeanParams{1}), {{DType::kF32, {1}}}, {DType::kF32, {1}}, true, 1e-6F});
  CheckNode({"reduce_mean", ParamBytes(ReduceMeanParams{2}), {{DType::kF32, {0, 3}}}, {DType::kF32, {0, 1}}});
  CheckNode({"reduce_mean", ParamBytes(ReduceMeanParams{1}), {{DType::kF32, {100003}}}, {DType::kF32, {1}}, false, 1e-6F});
}

}  // namespace
}  // namespace adze::parity
