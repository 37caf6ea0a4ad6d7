// SPDX-License-Identifier: Apache-2.0
// Reference kernel of trilu.
#include <cstring>

#include "kernels/reference/index_loop.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/movement.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const auto p = ParamsOf<TriluParams>(args.params);
  const Tensor& y = *args.out[0];
  const int last = y.shape.rank - 1;
  if (!HasElements(y.shape)) return;
  ElementIndex to;
  do {
    const int64_t edge = int64_t{to.at[last - 1]} + p.k;
    const bool stays = p.upper != 0 ? to.at[last] >= edge : to.at[last] <= edge;
    if (stays) {
      CopyElement(y, to, *args.in[0], to);
    } else {
      std::memset(ElementAt(y, to), 0, DTypeBytes(y.dtype));
    }
  } while (NextIndex(y.shape, &to));
}

}  // namespace

extern "C" {
extern const Kernel adze_trilu_any__reference;
const Kernel adze_trilu_any__reference = {Run};
}

}  // namespace adze
