// SPDX-License-Identifier: Apache-2.0
// Reference kernel of scatter_nd with a reduction.
#include "kernels/reference/scatter_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const ScatterReduction reduction = ParamsOf<ScatterNdParams>(args.params).reduction;
  ScatterRowsInOrder(args, [&](uint8_t* y, const uint8_t* update) { ReduceInto<int64_t, uint64_t>(y, update, reduction); });
}

}  // namespace

extern "C" {
extern const Kernel adze_scatter_nd_i64__reference;
const Kernel adze_scatter_nd_i64__reference = {Run};
}

}  // namespace adze
