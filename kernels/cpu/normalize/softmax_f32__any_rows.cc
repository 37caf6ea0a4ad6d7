// SPDX-License-Identifier: Apache-2.0
// softmax over rows of adjacent elements.
#include "kernels/contract/normalize.h"
#include "kernels/cpu/normalize/row_walk.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/softmax.h"

namespace adze {
namespace {

constexpr int64_t kWorkPerElement = 4;

struct Rows {
  const SoftmaxF32Ukernel* ukernel;
  size_t n;
  float beta;
};

void Row(const void* context, const uint8_t* x, uint8_t* y) {
  const Rows& rows = *static_cast<const Rows*>(context);
  rows.ukernel->run({rows.n, reinterpret_cast<const float*>(x), reinterpret_cast<float*>(y), rows.beta});
}

void Run(const KernelArgs& args) {
  const Tensor& x = *args.in[0];
  const Rows rows = {static_cast<const SoftmaxF32Ukernel*>(args.ukernels[0]), static_cast<size_t>(x.shape.dims[x.shape.rank - 1]),
                     ParamsOf<SoftmaxParams>(args.params).beta};
  ForEachRow(args, x, *args.out[0], kWorkPerElement * static_cast<int64_t>(rows.n), Row, &rows);
}

}  // namespace

extern "C" {
extern const Kernel adze_softmax_f32__any_rows;
const Kernel adze_softmax_f32__any_rows = {Run};
}

}  // namespace adze
