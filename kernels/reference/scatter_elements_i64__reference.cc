// SPDX-License-Identifier: Apache-2.0
// Reference kernel of scatter_elements with a reduction.
#include "kernels/reference/scatter_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<ScatterElementsParams>(args.params);
  ScatterElementsInOrder(args, p.axis, [&](uint8_t* y, const uint8_t* update) { ReduceInto<int64_t, uint64_t>(y, update, p.reduction); });
}

}  // namespace

extern "C" {
extern const Kernel adze_scatter_elements_i64__reference;
const Kernel adze_scatter_elements_i64__reference = {Run};
}

}  // namespace adze
