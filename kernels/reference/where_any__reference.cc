// SPDX-License-Identifier: Apache-2.0
// Reference kernel of where.
#include <cstring>

#include "kernels/reference/index_loop.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const Tensor& y = *args.out[0];
  if (!HasElements(y.shape)) return;
  ElementIndex i;
  do {
    const bool first = *ElementAt(*args.in[0], i) != 0;
    std::memcpy(ElementAt(y, i), ElementAt(first ? *args.in[1] : *args.in[2], i), DTypeBytes(y.dtype));
  } while (NextIndex(y.shape, &i));
}

}  // namespace

extern "C" {
extern const Kernel adze_where_any__reference;
const Kernel adze_where_any__reference = {Run};
}

}  // namespace adze
