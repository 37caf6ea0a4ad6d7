// SPDX-License-Identifier: Apache-2.0
// scatter_nd with a reduction, int64.
#include "kernels/cpu/indexed/scatter_combine.h"
#include "op-registry/core/op.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const ScatterReduction reduction = ParamsOf<ScatterNdParams>(args.params).reduction;
  ScatterRows(args, CombineRun<int64_t, uint64_t>, &reduction);
}

}  // namespace

extern "C" {
extern const Kernel adze_scatter_nd_i64__any;
const Kernel adze_scatter_nd_i64__any = {Run};
}

}  // namespace adze
