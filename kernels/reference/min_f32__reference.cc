// SPDX-License-Identifier: Apache-2.0
// Reference kernel of min.
#include "kernels/reference/elements.h"
#include "op-registry/core/op.h"
#include "op-registry/ops/binary.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  const ClampRange clamp = ParamsOf<BinaryParams>(args.params).clamp;
  PairElements<float>(args, [&](float a, float b) {
    const float v = a != a || a < b ? a : b;
    return v < clamp.lo ? clamp.lo : v > clamp.hi ? clamp.hi : v;
  });
}

}  // namespace

extern "C" {
extern const Kernel adze_min_f32__reference;
const Kernel adze_min_f32__reference = {Run};
}

}  // namespace adze
