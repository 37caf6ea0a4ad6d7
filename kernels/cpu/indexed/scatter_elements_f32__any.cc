// SPDX-License-Identifier: Apache-2.0
// scatter_elements with a reduction, float32.
#include "kernels/cpu/indexed/scatter_combine.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<ScatterElementsParams>(args.params);
  ScatterElements(args, params.axis, CombineRun<float, float>, &params.reduction);
}

}  // namespace

extern "C" {
extern const Kernel adze_scatter_elements_f32__any;
const Kernel adze_scatter_elements_f32__any = {Run};
}

}  // namespace adze
