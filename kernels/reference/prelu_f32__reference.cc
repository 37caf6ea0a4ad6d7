// SPDX-License-Identifier: Apache-2.0
// Reference kernel of prelu.
#include "kernels/reference/elements.h"

namespace adze {
namespace {

void Run(const KernelArgs& args) {
  PairElements<float>(args, [](float x, float slope) { return x < 0 ? x * slope : x; });
}

}  // namespace

extern "C" {
extern const Kernel adze_prelu_f32__reference;
const Kernel adze_prelu_f32__reference = {Run};
}

}  // namespace adze
