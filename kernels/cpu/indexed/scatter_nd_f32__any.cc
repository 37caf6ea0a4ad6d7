// SPDX-License-Identifier: Apache-2.0
// scatter_nd with a reduction, float32.
#include "kernels/cpu/indexed/scatter_combine.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const ScatterReduction reduction = ParamsOf<ScatterNdParams>(args.params).reduction;
  ScatterRows(args, CombineRun<float, float>, &reduction);
}

}  // namespace

extern "C" {
extern const Kernel adze_scatter_nd_f32__any;
const Kernel adze_scatter_nd_f32__any = {Run};
}

}  // namespace adze
