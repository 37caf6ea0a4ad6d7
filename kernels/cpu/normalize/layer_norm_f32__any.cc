// SPDX-License-Identifier: Apache-2.0
// layer_norm over rows of adjacent elements.
#include "kernels/contract/normalize.h"
#include "kernels/cpu/normalize/row_walk.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/layer_norm.h"

namespace adze {
namespace {

constexpr int64_t kWorkPerElement = 4;

struct Rows {
  const LayerNormF32Ukernel* ukernel;
  LayerNormF32Run run;
};

void Row(const void* context, const uint8_t* x, uint8_t* y) {
  const Rows& rows = *static_cast<const Rows*>(context);
  LayerNormF32Run run = rows.run;
  run.x = reinterpret_cast<const float*>(x);
  run.y = reinterpret_cast<float*>(y);
  rows.ukernel->run(run);
}

void Run(const KernelArgs& args) {
  const Tensor& x = *args.in[0];
  const auto n = static_cast<size_t>(x.shape.dims[x.shape.rank - 1]);
  const Rows rows = {
      static_cast<const LayerNormF32Ukernel*>(args.ukernels[0]),
      {n, nullptr, args.in[1]->as<const float>(), args.in[2]->as<const float>(), nullptr, ParamsOf<LayerNormParams>(args.params).epsilon}};
  ForEachRow(args, x, *args.out[0], kWorkPerElement * static_cast<int64_t>(n), Row, &rows);
}

}  // namespace

extern "C" {
extern const Kernel adze_layer_norm_f32__any;
const Kernel adze_layer_norm_f32__any = {Run};
}

}  // namespace adze
