// SPDX-License-Identifier: Apache-2.0
// Reference kernel of bitwise_or.
#include "kernels/reference/index_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    for (size_t byte = 0; byte < DTypeBytes(y.dtype); ++byte) {
      ElementAt(y, i)[byte] = static_cast<uint8_t>(ElementAt(*args.in[0], i)[byte] | ElementAt(*args.in[1], i)[byte]);
    }
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_bitwise_or_any__reference;
const Kernel adze_bitwise_or_any__reference = {Run};
}

}  // namespace adze
