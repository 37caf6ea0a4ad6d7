// SPDX-License-Identifier: Apache-2.0
// scatter_elements without a reduction.
#include "kernels/cpu/indexed/scatter_walk.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/indexed.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const size_t element_bytes = DTypeBytes(args.out[0]->dtype);
  ScatterElements(args, ParamsOf<ScatterElementsParams>(args.params).axis, ReplaceRun, &element_bytes);
}

}  // namespace

extern "C" {
extern const Kernel adze_scatter_elements_any__any;
const Kernel adze_scatter_elements_any__any = {Run};
}

}  // namespace adze
