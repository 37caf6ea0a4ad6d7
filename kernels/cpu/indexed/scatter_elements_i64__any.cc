// SPDX-License-Identifier: Apache-2.0
// scatter_elements with a reduction, int64.
#include "kernels/cpu/indexed/scatter_combine.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto params = ParamsOf<ScatterElementsParams>(args.params);
  ScatterElements(args, params.axis, CombineRun<int64_t, uint64_t>, &params.reduction);
}

}  // namespace

extern "C" {
extern const Kernel adze_scatter_elements_i64__any;
const Kernel adze_scatter_elements_i64__any = {Run};
}

}  // namespace adze
