// SPDX-License-Identifier: Apache-2.0
// scatter_nd without a reduction.
#include "kernels/cpu/indexed/scatter_walk.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const size_t element_bytes = DTypeBytes(args.out[0]->dtype);
  ScatterRows(args, ReplaceRun, &element_bytes);
}

}  // namespace

extern "C" {
extern const Kernel adze_scatter_nd_any__any;
const Kernel adze_scatter_nd_any__any = {Run};
}

}  // namespace adze
