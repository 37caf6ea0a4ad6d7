// SPDX-License-Identifier: Apache-2.0
// Reference kernel of expand.
#include "kernels/reference/index_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    CopyElement(y, to, *args.in[0], to);  // a dim of 1 repeats
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_expand_any__reference;
const Kernel adze_expand_any__reference = {Run};
}

}  // namespace adze
