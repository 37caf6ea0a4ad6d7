// SPDX-License-Identifier: Apache-2.0
// Reference kernel of reshape.
#include "kernels/reference/index_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const Tensor& x = *args.in[0];
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex from;
  ElementIndex to;
  do {
    CopyElement(y, to, x, from);
    NextIndex(x.shape, &from);
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_reshape_any__reference;
const Kernel adze_reshape_any__reference = {Run};
}

}  // namespace adze
