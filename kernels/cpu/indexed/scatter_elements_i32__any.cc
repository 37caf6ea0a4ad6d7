// SPDX-License-Identifier: Apache-2.0
// scatter_elements with a reduction, int32.
#include "kernels/cpu/indexed/scatter_combine.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<ScatterElementsParams>(args.params);
  ScatterElements(args, params.axis, CombineRun<int32_t, uint32_t>, &params.reduction);
}

}  // namespace

extern "C" {
extern const Kernel adze_scatter_elements_i32__any;
const Kernel adze_scatter_elements_i32__any = {Run};
}

}  // namespace adze
